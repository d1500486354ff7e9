"""What a month is judged on: the matured Sundays of the last year, as they were served or replayed, and the newest Sundays beside
them. Groups are joined here in memory, for the figures of the month, and nowhere else."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from riskmodel import outcomes, register
from riskmodel.backtest import questions
from riskmodel.errors import NothingKnown
from riskmodel.lake import Source
from riskmodel.people.groups import groups
from riskmodel.register import decisions, draws, lists
from riskmodel.score import PublishedTable, apply, probability
from riskmodel.settings import Landlord, Settings
from riskmodel.steps.approved import in_force
from riskmodel.steps.capacity import landlord_on
from riskmodel.steps.maturing import HORIZON, asked, chosen, places, week_of
from riskmodel.steps.source import source
from riskmodel.steps.track import fitted_by, ledger_from, replayed_days
from riskmodel.steps.worth import CLOSED_AFTER
from riskmodel.watch.contacts import contacts_after
from riskmodel.watch.rows import Day, standing

AGAINST = ("no_action", "wrong_data")
"""Decisions that say the flag was not worth a contact."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Weeks:
    """What the register keeps of served Sundays: leases of each scored tab, draws, decisions, by week."""

    shown: Mapping[tuple[str, str], Collection[str]]
    drawn: Mapping[tuple[str, str], Mapping[str, float]]
    decided: tuple[Mapping[str, Any], ...]

    def helped(self, week: str) -> dict[str, bool]:
        """For each lease decided about in a week, whether help followed."""
        return {row["lease_id"]: row["code"] not in decisions.NOT_HELP for row in self.decided if row["week"] == week}


@dataclass(frozen=True)
class Month:
    """All that a month's figures are made from. `rows`, `reference` and `current` by score; `groups` is dropped with it."""

    landlord: Landlord
    end: date
    last_delivery: date
    days: tuple[date, ...]
    newest: tuple[date, ...]
    tables: Mapping[str, PublishedTable]
    rows: Mapping[str, pd.DataFrame]
    reference: Mapping[str, pd.DataFrame]
    current: Mapping[str, pd.DataFrame]
    decisions: Mapping[str, pd.DataFrame]
    groups: pd.DataFrame


def gather(settings: Settings, landlord_id: str, end: date, progress: Progress | None = None) -> Month:
    """The month that ends on `end`, from what was known then. Raises NothingKnown before any delivery, or before any
    Sunday has matured."""
    known, newest_delivery = source(settings, landlord_id, end)
    closed_by = min(newest_delivery, end)
    days = replayed_days(closed_by - CLOSED_AFTER + timedelta(days=1), closed_by, ledger_from(known, end))
    if not days:
        raise NothingKnown(
            f"{landlord_id} : aucun dimanche n'est encore échu au {end.isoformat()} (six mois de compte, puis 105 jours). "
            "Rien n'est à mesurer ; relancez le mois prochain."
        )
    newest = newest_sundays(closed_by)
    folder = settings.runs / landlord_id / "histoire" / closed_by.isoformat()
    panel = outcomes.panel(known, [*days, *newest], closed_by, folder, progress)
    tables = in_force(settings, landlord_id, end)
    with register.open_register(settings.register_url)() as session:
        weeks = _weeks(session, landlord_id, end)
    declared = landlord_on(settings, landlord_id, end)
    contacts = contacts_after(known, closed_by, days)
    is_new = panel["as_of"].isin(newest)
    rows = {name: _rows(panel[~is_new], days, table, declared, weeks, contacts) for name, table in tables.items()}
    return Month(
        landlord=declared,
        end=end,
        last_delivery=closed_by,
        days=tuple(days),
        newest=newest,
        tables=tables,
        rows=rows,
        reference={name: _scored(panel[~is_new], table) for name, table in tables.items()},
        current={name: _scored(panel[is_new], table) for name, table in tables.items()},
        decisions={name: _decisions(weeks, name, end) for name in tables},
        groups=_groups(known, days),
    )


def newest_sundays(until: date) -> tuple[date, ...]:
    """The last four Sundays up to a day, oldest first: together they stand at every moment of a month, like the measured ones."""
    last = until - timedelta(days=until.toordinal() % 7)
    return tuple(last - timedelta(weeks=back) for back in (3, 2, 1, 0))


def _rows(
    past: pd.DataFrame, days: list[date], table: PublishedTable, declared: Landlord, weeks: Weeks, contacts: pd.DataFrame
) -> pd.DataFrame:
    """Rows of every matured day of one score; each day also knows what the one before listed."""
    found, before = [], frozenset[str]()
    for day in days:
        one = _day(past[past["as_of"] == day], day, table, declared, weeks, before)
        found.append(standing(one, contacts))
        before = frozenset(one.listed)
    return pd.concat(found, ignore_index=True)


def _day(panel: pd.DataFrame, day: date, table: PublishedTable, declared: Landlord, weeks: Weeks, before: Collection[str]) -> Day:
    rows = asked(panel, table.name)
    points = apply(table, rows)["score"].set_axis(rows.index)
    week = week_of(day)
    is_served = (week, table.name) in weeks.shown
    listed = weeks.shown[week, table.name] if is_served else _replayed(rows, points, table, declared, week)
    # What a table announces is judged on days it has not learnt from.
    is_new = fitted_by(table, day) is table
    chance = points.map(lambda score: probability(table, int(score), HORIZON) if is_new else None).astype("Float64")
    drawn = weeks.drawn.get((week, table.name), {})
    return Day(day, rows, points, chance, listed, before, is_served, weeks.helped(week) if is_served else {}, drawn)


def _replayed(rows: pd.DataFrame, points: pd.Series, table: PublishedTable, declared: Landlord, week: str) -> frozenset[str]:
    """The leases that the table would have listed within each unit's capacity."""
    kept = points >= table.minimum
    mask = chosen(rows[kept], points[kept], places(declared, rows["management_unit"], table.name), week)
    return frozenset(rows[kept]["lease_id"][mask])


def _scored(panel: pd.DataFrame, table: PublishedTable) -> pd.DataFrame:
    rows = questions.eligible(panel, table.name)
    inputs = rows[[entry.feature for entry in table.inputs]]
    kept = rows["as_of"].dt.date
    return inputs.assign(score=apply(table, rows)["score"].set_axis(rows.index), household_id=rows["household_id"], as_of=kept)


def _weeks(session: Session, landlord_id: str, until: date) -> Weeks:
    shown: dict[tuple[str, str], set[str]] = {}
    drawn: dict[tuple[str, str], dict[str, float]] = {}
    for row in draws.read(session, landlord_id):
        drawn.setdefault((row["week"], row["score"]), {})[row["lease_id"]] = row["probability"]
    for day in lists.days(session, landlord_id, until):
        week = week_of(day)
        for _, rows in lists.of_day(session, landlord_id, day):
            for score in outcomes.SCORES:
                by_chance = drawn.get((week, score), {})
                leases = {row["lease_id"] for row in rows if row["tab"] == score}
                shown.setdefault((week, score), set()).update(leases - by_chance.keys())
    return Weeks(shown, drawn, tuple(decisions.read(session, landlord_id)))


def _decisions(weeks: Weeks, score: str, end: date) -> pd.DataFrame:
    """`management_unit`, `is_against`: what was decided in the month about rows that the score had listed."""
    start = end.replace(day=1)
    found = [
        (row["management_unit"], row["code"] in AGAINST)
        for row in weeks.decided
        if start <= row["decided_on"] <= end and row["lease_id"] in weeks.shown.get((row["week"], score), ())
    ]
    return pd.DataFrame(found, columns=["management_unit", "is_against"])


def _groups(known: Source, days: list[date]) -> pd.DataFrame:
    return pd.concat([groups(known, day).assign(as_of=day) for day in days], ignore_index=True)
