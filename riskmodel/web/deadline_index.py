"""What the law said on the newest night, as far as a viewer may see: urgencies, statutory lists, deadlines, list by list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from riskmodel.access.policy import Place
from riskmodel.documents.statutory import COMING, HELP, LISTS, URGENT, Line
from riskmodel.register.models import LegalDeadline, LegalNight, LegalSituation, StatutoryRow
from riskmodel.steps import law_told
from riskmodel.steps.law_files import Told

SHOWN, PAGE_ROWS = 5, 50
"""Lines of each list where all are shown; lines of a page of one list."""
Table = type[LegalSituation] | type[LegalDeadline] | type[StatutoryRow]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What is asked for, of a landlord: one list or the head of all, one unit or all that `places` cover."""

    landlord_id: str
    places: tuple[Place, ...]
    list_code: str = ""
    unit: str = ""
    page: int = 1

    def within(self, table: Table) -> ColumnElement[bool]:
        """Whether a row is of the landlord's newest night, of a unit that may be seen, and of the one asked for."""
        units = {place.management_unit for place in self.places if place.landlord_id == self.landlord_id}
        seen = true() if None in units else table.management_unit.in_(units)
        asked = table.management_unit == self.unit if self.unit else true()
        return (LegalNight.landlord_id == self.landlord_id) & seen & asked


@dataclass(frozen=True)
class Block:
    """One list: its name, what it is for, how many lines it has, and those shown; `as_of` is the night's, None without a line."""

    code: str
    title: str
    text: str
    total: int
    as_of: date | None
    lines: tuple[Line, ...]

    @property
    def pages(self) -> int:
        """How many pages the whole list makes."""
        return max(1, -(-self.total // PAGE_ROWS))


def blocks(session: Session, wanted: Wanted, today: date) -> list[Block]:
    """A page of the list asked for, or the head of every list."""
    if wanted.list_code:
        return [block(session, wanted, wanted.list_code, today, PAGE_ROWS, PAGE_ROWS * (max(1, wanted.page) - 1))]
    return [block(session, wanted, code, today, SHOWN) for code in LISTS]


def block(session: Session, wanted: Wanted, code: str, today: date, count: int, first: int = 0) -> Block:
    """So many lines of a list, from the one at `first` on."""
    asked, read = _asked(wanted, code, today)
    total = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    found = [dict(row) for row in session.execute(asked.limit(count).offset(first)).mappings()]
    as_of = found[0]["as_of"] if found else None
    return Block(code, LISTS[code], HELP[code], total, as_of, tuple(read(row) for row in found))


def rows(session: Session, wanted: Wanted) -> Told:
    """Situations, deadlines and lists, whole: what files are made of."""
    situations, deadlines = (_of(table, wanted).order_by(table.id) for table in (LegalSituation, LegalDeadline))
    lists = _of(StatutoryRow, wanted).order_by(StatutoryRow.id)
    found = [[dict(row) for row in session.execute(asked).mappings()] for asked in (situations, deadlines, lists)]
    return found[0], found[1], found[2]


def units(session: Session, wanted: Wanted) -> list[str]:
    """Units of which the newest night said something, among those that may be seen."""
    whole = Wanted(wanted.landlord_id, wanted.places)
    mine = _of(LegalSituation, whole).with_only_columns(LegalSituation.management_unit).distinct()
    return list(session.scalars(mine.order_by(LegalSituation.management_unit)))


def landlord_ids(places: Iterable[Place]) -> list[str]:
    """Landlords of these places, in order."""
    return sorted({place.landlord_id for place in places if place.landlord_id})


def _asked(wanted: Wanted, code: str, today: date) -> tuple[Select[Any], Callable[[Values], Line]]:
    """The rows of a list, in order, and how each is read."""
    if code == URGENT:
        pressing = _of(LegalSituation, wanted).where(LegalSituation.urgency_rank.is_not(None))
        return pressing.order_by(LegalSituation.urgency_rank), law_told.urgent
    if code == COMING:
        return _coming(wanted, today), lambda row: law_told.deadline(row, row["legal_cents"])
    return _of(StatutoryRow, wanted).where(StatutoryRow.list_code == code).order_by(StatutoryRow.position), law_told.listed


def _coming(wanted: Wanted, today: date) -> Select[Any]:
    same = (LegalSituation.night_id == LegalDeadline.night_id) & (LegalSituation.lease_id == LegalDeadline.lease_id)
    open_ones = _of(LegalDeadline, wanted).where(
        LegalDeadline.done_on.is_(None), LegalDeadline.due_on.between(today, today + law_told.SOON)
    )
    told = open_ones.join(LegalSituation, same).add_columns(LegalSituation.legal_cents)
    return told.order_by(LegalDeadline.due_on, LegalDeadline.lease_id)


def _of(table: Table, wanted: Wanted) -> Select[Any]:
    told = select(*table.__table__.columns, LegalNight.as_of).join(LegalNight, LegalNight.id == table.night_id)
    return told.where(wanted.within(table))
