"""The kinds of packs, and which meetings of the schemes' files each one serves."""

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from riskmodel import REPOSITORY
from riskmodel.errors import NothingKnown
from riskmodel.explain.months import months_later
from riskmodel.schemes import Meeting, Scheme

TEXTS = REPOSITORY / "reports" / "coordination" / "dossiers.toml"
CELL, QUARTER, COMMITTEE, MONTH, YEAR = "cellule", "trimestre", "comite", "mois", "annee"
WHOLE = (MONTH, YEAR)
"""Packs that count every referral of the landlord, whatever its scheme, so that nothing is left out."""


@dataclass(frozen=True)
class Point:
    """One point of an agenda and the figure it is about; `otherwise` is said when there is nothing."""

    text: str
    count: str
    otherwise: str


@dataclass(frozen=True)
class Kind:
    """One kind of pack: what it is called, what it is for, its agenda under its title `opening`, its sections in order."""

    code: str
    title: str
    purpose: str
    opening: str
    sections: tuple[str, ...]
    agenda: tuple[Point, ...]


@dataclass(frozen=True)
class Span:
    """Days that a pack looks at, both included; figures are what was known on `on`, and the next meeting falls on `next_on`."""

    first: date
    last: date
    on: date
    next_on: date


def _kind(code: str, said: Mapping[str, Any]) -> Kind:
    agenda = tuple(Point(line["text"], line["count"], line["otherwise"]) for line in said["agenda"])
    return Kind(code, said["title"], said["purpose"], said["opening"], tuple(said["sections"]), agenda)


KINDS: Mapping[str, Kind] = {
    code: _kind(code, said) for code, said in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["dossiers"].items()
}
"""Every kind of pack, by the word that asks for it."""


def kind_of(meeting: Meeting) -> str:
    """The kind of pack that serves a meeting, from its rhythm."""
    if meeting.yearly_before:
        return YEAR
    if meeting.by_unit:
        return MONTH
    if meeting.every_weeks:
        return CELL
    return COMMITTEE if (meeting.every_months or 0) <= 2 else QUARTER


def meetings(kind: str, schemes: Iterable[Scheme]) -> tuple[tuple[Scheme, Meeting], ...]:
    """The meetings of these schemes that a kind of pack serves, in the order of the ladder.

    Raises NothingKnown when no scheme declares one.
    """
    found = tuple((scheme, meeting) for scheme in schemes for meeting in scheme.meetings if kind_of(meeting) == kind)
    if not found:
        raise NothingKnown(
            f"« {KINDS[kind].title} » : aucun dispositif ne prévoit cette réunion. Ajoutez un bloc [[meeting]] au fichier d'un "
            "dispositif (docs/coordination.md)."
        )
    return found


def span(kind: str, held: Iterable[Meeting], on: date) -> Span:
    """The days that a pack of a day looks at: since the meeting before, the month up to that day, or the last whole year."""
    if kind == YEAR:
        year = (on + timedelta(days=1)).year - 1
        return Span(date(year, 1, 1), date(year, 12, 31), on, months_later(on, 12))
    if kind == MONTH:
        after = on.replace(day=monthrange(on.year, on.month)[1]) + timedelta(days=1)
        return Span(on.replace(day=1), on, on, after.replace(day=monthrange(after.year, after.month)[1]))
    return _between(list(held), on)


def _between(held: list[Meeting], on: date) -> Span:
    """From the day after the meeting before; where schemes keep different rhythms, the slowest one, so that nothing is missed."""
    weeks, months = max(one.every_weeks or 0 for one in held), max(one.every_months or 0 for one in held)
    if weeks:
        return Span(on - timedelta(weeks=weeks) + timedelta(days=1), on, on, on + timedelta(weeks=weeks))
    return Span(months_later(on + timedelta(days=1), -months), on, on, months_later(on, months))


def due_before(held: Iterable[Meeting], year: int) -> date | None:
    """The day before which the evaluation of a year is due, the following year; None for meetings that are not yearly."""
    days = [one.yearly_before for one in held if one.yearly_before]
    return date.fromisoformat(f"{year + 1}-{min(days)}") if days else None
