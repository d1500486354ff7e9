"""One row of a list as the page shows it: facts in groups of labelled lines, reasons without points until somebody has decided.

The words are those of the workbook (documents.columns, documents.phrases), so that screen and paper say the same.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from urllib.parse import quote

from riskmodel.casework.decisions import Decided
from riskmodel.documents import phrases
from riskmodel.documents.columns import (
    ADVANCE,
    ATTEMPTS,
    AWAITED,
    CURRENT,
    EXCHANGE,
    FROZEN,
    LEGAL,
    PLAN,
    PROCEDURE,
    RETURNED,
    SHARE,
    TECHNICAL,
    TERMS,
    UNMET,
    UNTIL,
    Cell,
    Column,
)
from riskmodel.documents.french import day, decimal, euros, integer, typeset
from riskmodel.documents.phrases import UNKNOWN
from riskmodel.web.listing import SCORED
from riskmodel.weekly.frozen import SILENT_FACT, Reason, Row

ACCOUNT = (CURRENT, TERMS, LEGAL, SHARE)
PARTS = (TECHNICAL, FROZEN, AWAITED, ADVANCE)
"""Balances of which only those that are not zero are worth a line."""
CONTACT = (EXCHANGE, ATTEMPTS)
TROUBLES = (RETURNED, UNMET)
COURT = (PLAN, PROCEDURE, UNTIL)


@dataclass(frozen=True)
class Fact:
    """A labelled figure, ready to print."""

    label: str
    text: str


@dataclass(frozen=True)
class Points:
    """What a score says of a row, for whoever has decided: total, reasons that make it, chance, what would have avoided it."""

    score: int
    reasons: tuple[Reason, ...]
    chance: str
    removal: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A row of the page. `anchor` names it on the page and `path` in addresses, whatever signs its lease has.

    `silent_weeks` is 0 unless the row escalates. `points` is None before a decision, so that no template can show what the row
    does not carry.
    """

    anchor: str
    path: str
    row: Row
    change: str
    account: tuple[Fact, ...]
    contact: tuple[Fact, ...]
    court: tuple[Fact, ...]
    seen: tuple[str, ...]
    silent_weeks: int
    is_read: bool
    decided: Decided | None
    points: Points | None


def shown(row: Row, as_of: date, decided: Decided | None, *, is_read: bool) -> Shown:
    """`row` as the page shows it to somebody who has, or has not yet, decided."""
    return Shown(
        anchor=anchor(row.lease_id),
        path=quote(row.lease_id, safe=""),
        row=row,
        change=phrases.change(row),
        account=_facts(row, as_of, (*ACCOUNT, *_told(row, as_of, PARTS))),
        contact=_facts(row, as_of, (*CONTACT, *_told(row, as_of, TROUBLES))),
        court=_facts(row, as_of, _told(row, as_of, COURT)),
        seen=_seen(row),
        silent_weeks=row.facts.get(SILENT_FACT) or 0,
        is_read=is_read,
        decided=decided,
        points=_points(row) if decided else None,
    )


def anchor(lease_id: str) -> str:
    """The name of a row on the page of its list."""
    return f"bail-{sha256(lease_id.encode()).hexdigest()[:10]}"


def _seen(row: Row) -> tuple[str, ...]:
    return tuple((phrases.seen(row) if row.tab in SCORED else phrases.why(row)).splitlines())


def _points(row: Row) -> Points | None:
    """None on tabs without a score, and where a rule ordered the tab."""
    score = {"derive": row.drift, "decrochage": row.decrochage}.get(row.tab)
    if score is None:
        return None
    reasons = tuple(reason for reason in phrases.own_reasons(row) if reason.points)
    return Points(score, reasons, phrases.chance(row), tuple(phrases.removal(row).splitlines()))


def _told(row: Row, as_of: date, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.value(row, as_of))


def _facts(row: Row, as_of: date, columns: tuple[Column, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(_label(column.header), _text(column, column.value(row, as_of))) for column in columns)


@cache
def _label(header: str) -> str:
    return typeset(header)


def _text(column: Column, value: Cell) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return euros(int(value * 100)) if column.kind == "money" else decimal(value)
    return integer(value) if isinstance(value, int) else ", ".join(value.splitlines())
