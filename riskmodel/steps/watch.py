"""The watch of a month: figures by group, what moved, which named rules stop a score; noted in the journal for Monday's lists,
and written as pages. A person answers a stop here."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from riskmodel import register
from riskmodel.documents.markdown import markdown
from riskmodel.documents.page import Page
from riskmodel.documents.paper import pdf
from riskmodel.errors import DecisionRefused
from riskmodel.register.lists import days as served_days
from riskmodel.register.models import Run
from riskmodel.register.runs import newest, note
from riskmodel.settings import Settings
from riskmodel.steps.accounts import account
from riskmodel.steps.maturing import HORIZON
from riskmodel.steps.track import head as track_head
from riskmodel.steps.watched import Month, Progress, gather
from riskmodel.watch import Breach, Limits, Measured, breaches, fairness, limits, stability, stops
from riskmodel.watch.calibration import calibration
from riskmodel.watch.card import card_page
from riskmodel.watch.fairness import published
from riskmodel.watch.record import record_page
from riskmodel.watch.report import Head, Standing, month_page
from riskmodel.watch.stops import REASONS, Answer, standing

STEP = "watch"
DONE = "done"


def month(settings: Settings, landlord_id: str, end: date, progress: Progress | None = None) -> dict[str, Any]:
    """Watch the month that ends on `end`: note it in the journal, write its pages; counts, sentences and their folder.

    Run again, the same month gives the same note and the same pages. Raises NothingKnown before any delivery, or before any
    Sunday has matured.
    """
    known, declared = gather(settings, landlord_id, end, progress), limits()
    measured = [_measured(known, name, declared) for name in known.tables]
    with register.open_register(settings.register_url).begin() as session:
        found = _noted(session, landlord_id, known, measured, declared)
        served = len(set(known.days) & set(served_days(session, landlord_id, end)))
        track = track_head(session, landlord_id, end)
    head = Head(known.landlord.name, known.landlord.is_synthetic, end, known.last_delivery, known.days, served, known.newest)
    folder = settings.outputs / landlord_id / "veille" / f"{end:%Y-%m}"
    _write(folder, head, measured, found, track, declared)
    return {
        "days": len(known.days),
        "breaches": len(found.found),
        "stops": len(found.stops),
        "sentences": [stop.sentence for stop in found.stops],
        "folder": str(folder),
    }


def answer(settings: Settings, landlord_id: str, name: str, score: str | None, reason: str, by: str, on: date) -> int:
    """Lift the stops called `name` on a score (None: on both) from `on`, for the declared number of days; how many were lifted.

    Raises DecisionRefused when the reason is not of the closed list, the account is no identifier, or no such stop is in force.
    """
    if reason not in REASONS:
        raise DecisionRefused("Motifs admis :\n" + "\n".join(f"  {code} : {meaning}" for code, meaning in REASONS.items()))
    with register.open_register(settings.register_url).begin() as session:
        run = newest(session, landlord_id, STEP, on)
        summary: dict[str, Any] = run.summary if run else {}
        lifted = [stop for stop in summary.get("stops", []) if (stop["name"], stop["score"]) == (name, score)]
        if not lifted:
            known = ", ".join(f"{stop['name']} ({stop['score'] or 'tous'})" for stop in summary.get("stops", [])) or "aucun"
            raise DecisionRefused(f"{landlord_id} : pas d'arrêt « {name} » en vigueur au {on.isoformat()}. En vigueur : {known}.")
        said = [Answer(name, score, stop["subject"], reason, account(by), on).as_note() for stop in lifted]
        kept = [stop for stop in summary["stops"] if stop not in lifted]
        note(session, landlord_id, on, STEP, DONE, summary | {"stops": kept, "answers": [*summary["answers"], *said]})
    return len(lifted)


def in_force(settings: Settings, landlord_id: str, on: date) -> tuple[list[dict[str, Any]], str | None]:
    """The stops in force on a day, as noted, and the month that found them."""
    with register.open_register(settings.register_url)() as session:
        run = newest(session, landlord_id, STEP, on)
    return (run.summary["stops"], run.summary["month"]) if run else ([], None)


def _measured(known: Month, name: str, declared: Limits) -> Measured:
    rows, table = known.rows[name], known.tables[name]
    learnt = {date.fromisoformat(str(day)) for day in table.training.get("days", [])} & set(known.days)
    reference = known.reference[name]
    return Measured(
        table=table,
        fairness=fairness(rows, known.groups, declared),
        calibration=calibration(rows, known.groups, declared, HORIZON),
        stability=stability(
            table,
            reference[reference["as_of"].isin(learnt)] if learnt else reference,
            known.current[name],
            rows[rows["listed"]],
            known.decisions[name],
            declared.confidence,
        ),
    )


def _noted(session: Session, landlord_id: str, known: Month, measured: Sequence[Measured], declared: Limits) -> Standing:
    """Judge the month after the one before, write the journal, and bring a later answer's note of the same month up to date."""
    before = newest(session, landlord_id, STEP, known.end - timedelta(days=1))
    same = newest(session, landlord_id, STEP, known.end + timedelta(days=27))
    gap = (known.end - known.last_delivery).days
    found = breaches(known.end, measured, gap, declared, _breaches_of_month(before, known.end.replace(day=1) - timedelta(days=1)))
    made = _standing(found, _answers(before), declared, known.end)
    _note(session, landlord_id, known.end, known.end, made)
    if same is not None and same.as_of > known.end and same.summary["month"] == f"{known.end:%Y-%m}":
        _note(session, landlord_id, same.as_of, known.end, _standing(found, _answers(same), declared, same.as_of))
    return made


def _standing(found: tuple[Breach, ...], answers: list[Answer], declared: Limits, on: date) -> Standing:
    held = tuple(standing(answers, declared, on))
    return Standing(found, stops(found, declared, held, on), held)


def _note(session: Session, landlord_id: str, on: date, end: date, made: Standing) -> None:
    summary: Mapping[str, Any] = {
        "month": f"{end:%Y-%m}",
        "stops": [stop.as_note() for stop in made.stops],
        "breaches": [breach.as_note() for breach in made.found],
        "answers": [said.as_note() for said in made.answers],
    }
    note(session, landlord_id, on, STEP, DONE, summary)


def _breaches_of_month(run: Run | None, end: date) -> list[Breach]:
    """The breaches noted for the month that ended on `end`; a month without a watch breaks the count."""
    is_last_month = run is not None and run.summary["month"] == f"{end:%Y-%m}"
    return [Breach.from_note(one) for one in run.summary["breaches"]] if run and is_last_month else []


def _answers(run: Run | None) -> list[Answer]:
    return [Answer.from_note(one) for one in run.summary["answers"]] if run else []


def _write(
    folder: Path, head: Head, measured: Sequence[Measured], made: Standing, track: Sequence[Mapping[str, Any]], declared: Limits
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / "veille.pdf", pdf(month_page(head, measured, made, declared)))
    _put_figures(folder / "equite.csv", {one.score: published(one.fairness, declared) for one in measured})
    for one in measured:
        own = next((entry for entry in track if entry["score"] == one.score), None)
        _publish(folder, f"fiche-modele-{one.score}", card_page(head, one, own, declared))
    _publish(folder, "registre-algorithme", record_page(head, measured, made, track, declared))


def _publish(folder: Path, name: str, page: Page) -> None:
    _put(folder / f"{name}.md", markdown(page).encode())
    _put(folder / f"{name}.pdf", pdf(page))


def _put_figures(path: Path, by_score: Mapping[str, pd.DataFrame]) -> None:
    """Every figure that may be printed, for a spreadsheet; a blank where a cell is too small."""
    figures = pd.concat([frame.assign(score=name) for name, frame in by_score.items()], ignore_index=True)
    kept = figures.drop(columns=["is_hidden"])
    text = kept.to_csv(index=False, sep=";", decimal=",", float_format="%.4f", quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    _put(path, text.encode("utf-8-sig"))


def _put(path: Path, content: bytes) -> None:
    """Aside, then renamed: a killed run leaves the former file whole."""
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_bytes(content)
    aside.replace(path)
