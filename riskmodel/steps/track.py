"""The track record: each past list measured once its window has closed, and appended for good.

Sundays of the year before the first list are replayed with the table in force, so that a landlord's first list is not without
proof: « rejoué », until enough served ones have matured.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from riskmodel import outcomes, register
from riskmodel.casework.decisions import muted
from riskmodel.lake import Source, connect
from riskmodel.register import decisions, draws, lists, track
from riskmodel.score import PublishedTable, published
from riskmodel.score.reading import PUBLISHED
from riskmodel.settings import Settings
from riskmodel.steps.approved import in_force
from riskmodel.steps.capacity import landlord_on
from riskmodel.steps.maturing import SCORE, Past, Shown, happened, records, week_of
from riskmodel.steps.source import source
from riskmodel.steps.worth import CLOSED_AFTER, judged

REPLAYED = 13
EVERY = 28
"""Sundays replayed before the first list, four weeks apart; the same ones whatever the week they are counted from."""
LEDGER_BEFORE = timedelta(days=180)
"""A Sunday with less of a ledger behind it is not replayed: hardly anybody could be asked anything."""

Progress = Callable[[int, int], None]


def mature(settings: Settings, landlord_id: str, as_of: date, *, progress: Progress | None = None) -> dict[str, int]:
    """Measure every past Sunday whose window has closed by the newest delivery and that no record tells of yet; counts of Sundays
    and of lines added.

    Each Sunday is one transaction: killed and run again, the same lines result. Raises NothingKnown before any delivery.
    """
    known, last_delivery = source(settings, landlord_id, as_of)
    due = _due(settings, landlord_id, known, as_of, last_delivery)
    added = 0
    for done, (day, is_served) in enumerate(due, start=1):
        past = _past(settings, landlord_id, known, last_delivery, day, is_served)
        added += _append(settings, landlord_id, past)
        if progress:
            progress(done, len(due))
    return {"matured": len(due), "recorded": added}


def head(session: Session, landlord_id: str, as_of: date) -> tuple[dict[str, Any], ...]:
    """What past lists were worth, one entry a score that can be judged, in the shape of `weekly.frozen.FrozenList.track`."""
    found = [judged(session, landlord_id, as_of, score) for score in PUBLISHED]
    return tuple(worth.entry() for worth in found if worth)


def replayed_days(first_list: date, closed_by: date, ledger_from: date) -> list[date]:
    """Sundays to replay, oldest first: in the year before the first list, those whose window has closed and with a ledger."""
    nearest = first_list - timedelta(days=first_list.toordinal() % EVERY or EVERY)
    days = [nearest - timedelta(days=EVERY * back) for back in range(REPLAYED)]
    return sorted(day for day in days if ledger_from + LEDGER_BEFORE <= day <= closed_by - CLOSED_AFTER)


def ledger_from(known: Source, as_of: date) -> date:
    """The day of the oldest entry known."""
    with connect(known, as_of, tables=["entries"]) as con:
        found = con.execute("SELECT min(booked_on) FROM entries").fetchone()
    return found[0] if found and found[0] else as_of


def fitted_by(table: PublishedTable, day: date) -> PublishedTable:
    """The table itself, or the hand-set one when the windows it was fitted on had not all closed by that day: a table is never
    judged on what it has learnt from."""
    learnt = [date.fromisoformat(str(seen)) for seen in table.training["days"]] if table.training else []
    return published(table.name) if learnt and max(learnt) + CLOSED_AFTER > day else table


def _due(settings: Settings, landlord_id: str, known: Source, as_of: date, closed_by: date) -> list[tuple[date, bool]]:
    """Sundays to measure, oldest first, and whether a list was served on them."""
    with register.open_register(settings.register_url)() as session:
        served = lists.days(session, landlord_id, as_of)
        done = {kind: track.matured(session, landlord_id, kind) for kind in ("servi", "rejoué")}
    replayed = replayed_days(min([as_of, *served]), closed_by, ledger_from(known, as_of))
    closed = [day for day in served if day + CLOSED_AFTER <= closed_by and day not in done["servi"]]
    return sorted([*((day, True) for day in closed), *((day, False) for day in replayed if day not in done["rejoué"])])


def _past(settings: Settings, landlord_id: str, known: Source, last_delivery: date, day: date, is_served: bool) -> Past:
    folder = settings.runs / landlord_id / "histoire" / last_delivery.isoformat()
    on = day if is_served else last_delivery
    tables, declared = in_force(settings, landlord_id, on), landlord_on(settings, landlord_id, on)
    with register.open_register(settings.register_url)() as session:
        return Past(
            as_of=day,
            panel=outcomes.panel(known, [day], last_delivery, folder),
            tables=tables if is_served else {name: fitted_by(table, day) for name, table in tables.items()},
            landlord=declared,
            treated=decisions.treated(session, landlord_id),
            shown=_shown(session, landlord_id, day) if is_served else None,
            muted=frozenset(muted(session, landlord_id, day + timedelta(days=1))) if is_served else frozenset(),
        )


def _shown(session: Session, landlord_id: str, day: date) -> dict[str, Shown]:
    """What the frozen lists of a Sunday showed on each scored tab for itself, and what ordered it."""
    kept = lists.of_day(session, landlord_id, day)
    drawn = {(row["lease_id"], row["score"]) for row in draws.read(session, landlord_id, week_of(day))}
    orders = kept[0][0].get("orders", {})
    rows = {name: {row["lease_id"] for _, all_rows in kept for row in all_rows if row["tab"] == name} for name in PUBLISHED}
    return {
        name: Shown(frozenset(lease for lease in leases if (lease, name) not in drawn), orders.get(name, SCORE))
        for name, leases in rows.items()
    }


def _append(settings: Settings, landlord_id: str, past: Past) -> int:
    lines = records(past)
    with register.open_register(settings.register_url).begin() as session:
        for score in outcomes.SCORES:
            draws.judge(session, landlord_id, week_of(past.as_of), score, happened(past, score))
        return track.append(session, landlord_id, lines)
