"""What the page of a listed household shows, from its frozen list and file: facts first, points once somebody has decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.casework import decisions
from riskmodel.casework.decisions import Decided
from riskmodel.casework.key import ListKey
from riskmodel.documents import phrases
from riskmodel.documents.axes import NARROW, WIDE, month_label
from riskmodel.documents.drawing import account_chart, waterfall_chart
from riskmodel.people import objections
from riskmodel.register import files
from riskmodel.register.models import ListRow, WeeklyList
from riskmodel.web import listing
from riskmodel.web.listing import ORDER, SCORED, address
from riskmodel.weekly.freezing import thaw_row
from riskmodel.weekly.frozen import FrozenList, Row, Tab

File = Mapping[str, Any]

BALANCES = (
    (
        "current",
        "Dette courante",
        "Loyers et charges échus que le ménage n'a pas encore payés, aide déduite. C'est elle qui mesure le risque.",
    ),
    ("technical", "Dette technique", "Régularisations, SLS provisoire, pénalités et frais : comptés à part, jamais une dérive."),
    (
        "frozen",
        "Dette gelée",
        "Couverte par un plan, des délais du juge ou un surendettement : tant qu'ils tiennent, elle n'est pas à demander.",
    ),
    ("legal", "Solde exigible", "Tout ce qui est dû en droit à ce jour, aide attendue comprise."),
)
COLUMNS = {
    "rent": "Loyer",
    "charges": "Charges",
    "sls": "SLS",
    "rls": "RLS",
    "benefit_due": "Aide attendue",
    "net": "Terme net",
    "paid": "Payé par le ménage",
    "benefit": "Aide reçue",
    "other": "Autres",
    "balance": "Solde",
}
"""Of the table of months; those without any amount are left out, but for the balance."""
KINDS = {
    "contact": "Contacts",
    "obligation": "Demandes",
    "plan": "Plans",
    "procedure": "Procédure",
    "benefit": "Aide au logement",
    "overindebtedness": "Surendettement",
}
"""Of the timeline's events, in the order of its filter."""
SHOWN_EVENTS = 25
"""Events in sight; older ones are folded."""


@dataclass(frozen=True)
class Opened:
    """A household on a list: the row of the tab it is seen from, all its rows, its file, and what stands about it."""

    key: ListKey
    list_id: int
    frozen: FrozenList
    row: Row
    rows: tuple[Row, ...]
    file: File | None
    past: tuple[Decided, ...]
    objected: set[str]

    @property
    def lease_id(self) -> str:
        """The household's lease."""
        return self.row.lease_id

    @property
    def decided(self) -> Decided | None:
        """What stands about this row; None before a decision."""
        mine = (one for one in self.past if one.undone_at is None and one.week == self.key.week)
        return next((one for one in mine if one.management_unit == self.key.management_unit), None)

    @property
    def has_objected(self) -> bool:
        """Whether the household objects to profiling: no score is shown, whatever the row."""
        return self.lease_id in self.objected

    @property
    def is_withdrawn(self) -> bool:
        """Whether the objection takes this row out of sight: no reason and nothing to decide."""
        return self.has_objected and self.row.tab in SCORED


@dataclass(frozen=True)
class Points:
    """One score of the household, told in full: `told` as frozen in its file, the chart, the chance, what would have avoided the
    flag; `removal` is empty where the score flags nothing."""

    told: File
    score: int
    chart: str
    chance: str
    removal: tuple[str, ...]

    @property
    def is_flagged(self) -> bool:
        """Whether the score reaches its threshold."""
        return bool(self.score >= self.told["minimum"])


@dataclass(frozen=True)
class Neighbour:
    """The row before or after, in the order of the list."""

    lease_id: str
    href: str


_ROW = (ListRow.tab, ListRow.position, ListRow.lease_id, ListRow.change, ListRow.facts, ListRow.reasons)


def find(session: Session, key: ListKey, lease_id: str, tab: str, today: date) -> Opened | None:
    """A household on a list, seen from one of its tabs, the first one unless it is on `tab`; None when the list has it not."""
    found = listing.head(session, key)
    rows = _rows(session, found[0], lease_id) if found else ()
    if found is None or not rows:
        return None
    return Opened(
        key,
        *found,
        row=next((row for row in rows if row.tab == tab), rows[0]),
        rows=rows,
        file=files.read(session, key.landlord_id, key.week, key.management_unit, lease_id),
        past=tuple(decisions.history(session, key.landlord_id, lease_id)),
        objected=objections.standing(session, key.landlord_id, today),
    )


def _rows(session: Session, list_id: int, lease_id: str) -> tuple[Row, ...]:
    """In the order of the list's tabs."""
    found = session.execute(select(*_ROW).where(ListRow.list_id == list_id, ListRow.lease_id == lease_id)).mappings()
    return tuple(sorted((thaw_row(dict(row)) for row in found), key=lambda row: ORDER.index(row.tab)))


def neighbours(session: Session, list_id: int, row: Row, key: ListKey, hidden: set[str]) -> tuple[Neighbour | None, ...]:
    """The rows before and after `row`; those of the `hidden` leases are passed over on scored tabs."""
    rows = session.execute(select(ListRow.tab, ListRow.lease_id).where(ListRow.list_id == list_id).order_by(ListRow.id))
    shown = [(tab, lease) for tab, lease in rows if tab not in SCORED or lease not in hidden]
    order = sorted(shown, key=lambda pair: ORDER.index(_tab(pair[0])))
    place = order.index((row.tab, row.lease_id)) if (row.tab, row.lease_id) in order else None
    if place is None:
        return None, None
    before, after = order[place - 1 : place] if place else [], order[place + 1 : place + 2]
    return tuple(Neighbour(some[0][1], row_address(key, some[0][1], some[0][0])) if some else None for some in (before, after))


def _tab(name: str) -> Tab:
    return next(tab for tab in ORDER if tab == name)


def row_address(key: ListKey, lease_id: str, tab: str = "") -> str:
    """Where the page of a listed household is, seen from one of its tabs."""
    return f"{address(key)}/{quote(lease_id, safe='')}" + (f"?onglet={tab}" if tab else "")


def newest_list(session: Session, landlord_id: str, lease_id: str) -> ListKey | None:
    """The newest list that shows a lease; None when none ever did."""
    mine = select(WeeklyList.week, WeeklyList.management_unit).join(ListRow, ListRow.list_id == WeeklyList.id)
    found = mine.where(WeeklyList.landlord_id == landlord_id, ListRow.lease_id == lease_id)
    row = session.execute(found.order_by(WeeklyList.as_of.desc()).limit(1)).first()
    return ListKey(landlord_id, *row) if row else None


def before(session: Session, key: ListKey, lease_id: str) -> tuple[str, Row] | None:
    """The same household on the unit's newest earlier list that showed it, with that list's week."""
    mine = select(WeeklyList.week, *_ROW).join(WeeklyList, ListRow.list_id == WeeklyList.id)
    unit = (WeeklyList.landlord_id == key.landlord_id, WeeklyList.management_unit == key.management_unit)
    found = mine.where(*unit, WeeklyList.week < key.week, ListRow.lease_id == lease_id)
    row = session.execute(found.order_by(WeeklyList.week.desc(), ListRow.id).limit(1)).mappings().first()
    return (row["week"], thaw_row({name: row[name] for name in row if name != "week"})) if row else None


def account(file: File) -> dict[str, Any]:
    """The charts of an account, the same figures month by month, and the four balances with what each means."""
    series = file["series"]
    return {
        "charts": {"large": account_chart(series, WIDE), "narrow": account_chart(series, NARROW)},
        "columns": [pair for pair in COLUMNS.items() if pair[0] == "balance" or any(row[pair[0]] for row in series)],
        "months": [(month_label(row["month"]), row) for row in series],
        "balances": [(label, file["balances"][name], sentence) for name, label, sentence in BALANCES],
        "parts": file["balances"],
    }


def timeline(file: File) -> dict[str, Any]:
    """What happened, newest first: events in sight, older ones, and how many of each kind there are."""
    events = [(date.fromisoformat(event["on"]), event["kind"], event["text"]) for event in file["timeline"]]
    number = Counter(kind for _, kind, _ in events)
    return {
        "events": events[:SHOWN_EVENTS],
        "older": events[SHOWN_EVENTS:],
        "kinds": [(kind, label, number[kind]) for kind, label in KINDS.items() if number[kind]],
        "labels": KINDS,
    }


def points(rows: Sequence[Row], file: File, decided: Decided | None) -> tuple[Points, ...] | None:
    """Every score of the household in full; None, so that no template can show it, until somebody has decided."""
    if decided is None:
        return None
    by_tab = {row.tab: row for row in rows}
    return tuple(_told(told, by_tab.get(told["score"])) for told in file["waterfall"])


def _told(told: File, row: Row | None) -> Points:
    score = sum(step["points"] for step in told["steps"])
    chance, removal = (phrases.chance(row), phrases.removal(row)) if row else ("", "")
    return Points(told, score, waterfall_chart(told), chance, tuple(removal.splitlines()))
