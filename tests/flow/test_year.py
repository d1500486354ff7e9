"""A small year of an invented landlord: from its lists to ended measures, with nothing believed that was not counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from riskmodel.casework.key import week_of
from riskmodel.cli import app, demo
from riskmodel.coordination.counting import counts, movement
from riskmodel.coordination.kinds import YEAR
from riskmodel.coordination.known import gather
from riskmodel.documents.orientation import FILLED_IN, NEEDS
from riskmodel.errors import AccessRefused, NothingKnown
from riskmodel.people.identity import Identity
from riskmodel.register import files, households, open_register
from riskmodel.register.models import (
    Case,
    Correction,
    Decision,
    FundingLine,
    Measure,
    Notice,
    Objection,
    Referral,
    SharedOut,
    StepReport,
    Transition,
    Worker,
)
from riskmodel.schemes import load as shipped
from riskmodel.settings import Settings, load
from riskmodel.steps import people
from riskmodel.steps.year import live
from riskmodel.steps.year.witness import Believer, Doubter, unused
from riskmodel.weekly.facts import FACTS
from riskmodel.weekly.freezing import freeze
from riskmodel.weekly.frozen import FrozenList, Row
from tests.unit.steps.test_orientation import DECLARED, WHO

LANDLORD, FIRST, LAST = "essai", date(2026, 1, 5), date(2026, 12, 31)
UNITS = ("UG01", "UG02")
SCHEMES = shipped()
OWES: dict[str, Any] = dict.fromkeys(FACTS) | {
    "stage": "reminder", "is_terminated": False, "legal_cents": 90_000, "current_terms": 2.5, "plan_state": "none",
    "overindebtedness_step": "none", "has_benefit_break": False, "obligations_unmet": 0, "failed_attempts_180d": 0,
    "failed_channels_180d": 0, "mail_returned_365d": 0, "attempts_180d": 1, "days_since_two_way": 20,
}  # fmt: skip
SILENT = OWES | {"failed_attempts_180d": 3, "failed_channels_180d": 2, "days_since_two_way": 400, "stage": "payment_order"}
STAYED = OWES | {"is_terminated": True, "stage": "lease_terminated"}
KINDS: tuple[dict[str, Any], ...] = (
    OWES,
    SILENT,
    STAYED,
    OWES | {"has_benefit_break": True},
    OWES | {"current_terms": 0.05, "obligations_unmet": 1, "failed_attempts_180d": 1, "failed_channels_180d": 1},
)  # fmt: skip
"""Households that owe, that nobody reaches, that stayed after their lease ended, that lost their benefit, that went quiet."""
PAID = {"series": [{"month": "2025-11", "net": 40_000, "paid": 40_000}], "timeline": [], "balances": {}, "waterfall": []}


def lists(settings: Settings, monday: date) -> None:
    """Every eighth week, five new households in each unit."""
    if monday.isocalendar().week % 8 != 2:
        return
    with open_register(settings.register_url).begin() as session:
        for unit in UNITS:
            turn = monday.isocalendar().week // 8
            ordered = KINDS[turn % 5 :] + KINDS[: turn % 5]
            leases = {f"B{unit[-1]}-{turn}-{rank}": facts for rank, facts in enumerate(ordered)}
            rows = [Row("derive", rank, lease, lease, "nouveau", facts) for rank, (lease, facts) in enumerate(leases.items(), 1)]
            freeze(
                session,
                FrozenList(
                    landlord_id=LANDLORD, landlord_name="Essai", is_synthetic=True, management_unit=unit, week=week_of(monday),
                    monday=monday, as_of=monday - timedelta(days=1), capacity=5, last_delivery=monday - timedelta(days=1),
                    tables=(), rows=tuple(rows),
                ),
            )  # fmt: skip
            files.save(session, LANDLORD, week_of(monday), unit, dict.fromkeys(leases, PAID))
        households.replace(session, LANDLORD, monday, [(f"B{unit[-1]}", f"M{unit[-1]}", unit) for unit in UNITS])


@dataclass
class Counted(Doubter):
    """Counts the limits again, evening after evening, from the rows of the register and in other words than `places` does."""

    days: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def evening(self, session: Session, day: date) -> None:
        """Lines by their measures, months and places; workers by the shares of full time that households take."""
        if day.weekday() == 4:
            super().evening(session, day)
        self.days += 1
        measures = session.scalars(select(Measure).where(Measure.booked_on <= day)).all()
        lines = {line.id: line for line in session.scalars(select(FundingLine))}
        for line in lines.values():
            self._line(line, [one for one in measures if one.funding_line_id == line.id], day)
        self._workers(session, [one for one in measures if one.ended_on is None or one.ended_on > day], lines, day)

    def _line(self, line: FundingLine, mine: list[Measure], day: date) -> None:
        begun = {one.id: months(one, day) for one in mine}
        used = {
            "measures": sum(taken > 0 for taken in begun.values()),
            "measure_months": sum(begun.values()),
            "places": sum(one.ended_on is None or one.ended_on > day for one in mine),
        }
        for name, number in used.items():
            limit = getattr(line, name)
            if limit is not None and number > limit:
                self.broken.append(f"{day} {line.scheme} {line.code} {name} {number} > {limit}")
            self.seen[name] += limit is not None and number == limit

    def _workers(self, session: Session, standing: list[Measure], lines: dict[int, FundingLine], day: date) -> None:
        share: defaultdict[int, Fraction] = defaultdict(Fraction)
        for one in standing:
            line = lines.get(one.funding_line_id or 0)
            norm = (line and line.households_per_worker) or SCHEMES[one.scheme].capacity.households_per_worker
            share[one.organisation_id] += Fraction(1, norm) if norm else 0
        for partner, taken in share.items():
            there = session.scalars(select(Worker.fte_hundredths).where(Worker.organisation_id == partner, Worker.from_on <= day))
            if taken > Fraction(sum(there), 100):
                self.broken.append(f"{day} partner {partner} {taken}")
            self.seen["workers"] += taken > 0


def months(measure: Measure, day: date) -> int:
    """Months that a measure has taken of its line: all of them while it stands, those begun once it ended."""
    if measure.ended_on is None or measure.ended_on > day:
        return measure.months
    if measure.starts_on is None or measure.starts_on >= measure.ended_on:
        return 0
    start, end = measure.starts_on, measure.ended_on
    return min(measure.months, (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day))


def declared(folder: Path, text: str = DECLARED) -> Settings:
    made = load({"VIGIE_HOME": str(folder)})
    made.landlords.mkdir(parents=True)
    (made.landlords / f"{LANDLORD}.toml").write_text(text, encoding="utf-8")
    return made


def identity(_settings: Settings, _landlord: str, _lease: str, _today: date) -> Identity:
    return WHO


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    settings = declared(tmp_path_factory.mktemp("annee"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(people, "identity", identity)
        witness = Counted(settings, LANDLORD)
        live(settings, LANDLORD, FIRST, LAST, witness=witness, monday=lambda day: lists(settings, day))
    return witness


@pytest.fixture
def session(year: Counted) -> Iterator[Session]:
    with open_register(year.settings.register_url)() as opened:
        yield opened


def total(session: Session, *conditions: Any) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0


def test_every_scheme_of_the_seeds_is_used(year: Counted, session: Session) -> None:
    assert unused(session, year.settings, LANDLORD) == []
    assert year.acts > 400


def test_no_limit_is_ever_broken_and_some_are_reached(year: Counted) -> None:
    assert year.broken == []
    assert (year.days, year.evenings) == (259, 51)
    assert all(year.seen[name] for name in ("measures", "places", "workers"))
    assert year.full


def test_every_document_is_written_for_whoever_asks_for_it(year: Counted) -> None:
    assert year.missing() == []
    assert {kind for kind, _ in year.written} == set(NEEDS) >= set(FILLED_IN)


def test_a_year_goes_through_all_that_may_happen(session: Session) -> None:
    codes = set(session.scalars(select(Transition.code)))
    rare = {"decline", "withdraw", "recall", "recall_facts", "renew", "slide", "aftercare_visit", "file_report", "end", "start"}
    assert codes >= rare | {"attempt", "first_interview", "return_evaluation", "propose_measure", "sign", "step_done"}
    assert total(session, Transition.undone_at.is_not(None)) > 0
    assert total(session, Objection.id > 0) > 0
    assert total(session, Correction.id > 0) > 0
    assert total(session, Notice.kind == "recall") > 0
    assert total(session, Case.closed_on.is_not(None)) > 0
    assert total(session, Decision.id > 0) == 5 * 2 * 7
    unserved = [one for result in session.scalars(select(SharedOut.result)) for one in result["unserved"]]
    assert unserved
    assert total(session, Measure.ended_on.is_not(None)) > 10
    assert total(session, StepReport.filed_on.is_not(None)) > 5


def test_the_annual_evaluation_adds_up_to_the_register(session: Session) -> None:
    known = gather(session, LANDLORD, SCHEMES, YEAR, LAST)
    moved = movement(known)
    proposed, closed = total(session, Referral.id > 0), total(session, Referral.closed_on.is_not(None))
    assert (moved.before, moved.proposed, moved.closed, moved.after) == (0, proposed, closed, proposed - closed)
    figures = counts(known)
    begun = (Measure.starts_on.is_not(None),)
    assert figures["started"] == total(session, *begun)
    assert figures["ended"] == total(session, *begun, Measure.ended_on.is_not(None))
    assert figures["running"] == total(session, *begun, Measure.ended_on.is_(None)) == figures["started"] - figures["ended"]
    assert figures["evaluated"] == total(session, Transition.code == "return_evaluation", Transition.undone_at.is_(None))
    assert figures["aftercare"] == total(session, Referral.state == "aftercare")
    used = {line.line_id: line.measures[0] for line in known.seats.lines}
    held = session.scalars(select(Measure).where(Measure.funding_line_id.is_not(None)))
    assert {number: count for number, count in used.items() if count} == Counter(
        one.funding_line_id for one in held if months(one, LAST)
    )


def test_the_command_tells_what_was_lived_and_every_fault(year: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_HOME", str(year.settings.home))
    monkeypatch.setattr(demo, "whole_year", lambda _settings, _weeks: year)
    monkeypatch.setattr(demo, "YEAR", 2026)
    told = CliRunner().invoke(app, ["demo", "year", "--report", str(tmp_path / "annee.md")])
    assert told.exit_code == 0, told.output
    page = (tmp_path / "annee.md").read_text(encoding="utf-8")
    assert "Données synthétiques" in page
    assert "dispositifs employés au moins une fois : 24 sur 24" in page
    assert "documents écrits, pour chaque main qui les demande : 12 sur 12 en PDF, dont 8 en DOCX" in page
    monkeypatch.setattr(year, "broken", ["02/02/2026 : partenaire 1, intervenant ts.01 : -1/16 temps plein"])
    told = CliRunner().invoke(app, ["demo", "year"])
    assert told.exit_code == 1
    assert "✗ limite dépassée : 02/02/2026" in told.output


def some_weeks(settings: Settings) -> list[Any]:
    """Every move of three weeks."""
    last = FIRST + timedelta(weeks=3)
    live(settings, LANDLORD, FIRST, last, witness=Believer(), monday=lambda day: lists(settings, day))
    with open_register(settings.register_url)() as opened:
        return [tuple(row) for row in opened.execute(select(*Transition.__table__.columns).order_by(Transition.id))]


def test_the_same_weeks_lived_again_are_the_same_and_are_lived_but_once(tmp_path: Path) -> None:
    settings = declared(tmp_path / "une")
    told = some_weeks(settings)
    assert some_weeks(declared(tmp_path / "deux")) == told
    assert len(told) > 20
    with pytest.raises(NothingKnown, match="des orientations existent déjà"):
        live(settings, LANDLORD, FIRST, LAST, witness=Believer())


def test_a_list_may_be_left_for_somebody_else_to_review(tmp_path: Path) -> None:
    settings = declared(tmp_path)
    last, before = FIRST + timedelta(days=2), FIRST - timedelta(days=1)
    live(settings, LANDLORD, FIRST, last, witness=Believer(), monday=lambda day: lists(settings, day), reviewed_until=before)
    with open_register(settings.register_url)() as opened:
        assert (total(opened, Decision.id > 0), total(opened, Worker.id > 0)) == (0, 6)


def test_nobody_lives_in_the_place_of_a_real_landlord(tmp_path: Path) -> None:
    settings = declared(tmp_path, DECLARED.replace("is_synthetic = true", ""))
    with pytest.raises(AccessRefused, match="on ne vit pas à la place d'un vrai bailleur"):
        live(settings, LANDLORD, FIRST, LAST, witness=Believer())
