"""One tab of a frozen list as a page asks for it: searched, filtered, sorted and cut by the register, a few rows at a time.

Nothing here orders or filters by a score, nor by anything that a drawn row would have and another would not.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from riskmodel.casework.key import ListKey
from riskmodel.register.models import ListRow, Reading, Review, WeeklyList
from riskmodel.weekly.freezing import thaw_head, thaw_row
from riskmodel.weekly.frozen import FrozenList, Row, Tab

ORDER: tuple[Tab, ...] = ("urgence", "derive", "decrochage", "a_contacter", "ne_peut_pas_dire", "ecarte")
"""Of the tabs on the page: what is acted on first, what is only explained last."""
REVIEWED: tuple[Tab, ...] = ("urgence", "derive", "decrochage")
SCORED: tuple[Tab, ...] = ("derive", "decrochage")
PAGE_ROWS = 50
SORTS = {
    "": "Ordre de la liste",
    "bail": "Numéro de bail",
    "dette": "Plus forte dette courante",
    "exigible": "Plus fort solde exigible",
    "termes": "Plus de termes dus",
    "age": "Plus ancien impayé",
    "echange": "Plus long silence",
}
CHANGES = {"nouveau": "Nouveaux", "maintenu": "Maintenus"}
STATES = {"a_lire": "À lire", "a_decider": "À décider", "decides": "Décidés"}
STRATA = {"précoce": "Précoce (sous 1 terme)", "avancé": "Avancé (de 1 à 2 termes)"}
LONGEST_SEARCH = 40
LARGEST_EUROS = 1_000_000


@dataclass(frozen=True)
class Wanted:
    """What a page asks for. Empty filters let every row through; `least_cents` is a current debt in cents."""

    tab: Tab = "urgence"
    sort: str = ""
    change: str = ""
    state: str = ""
    stratum: str = ""
    least_cents: int = 0
    search: str = ""
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether rows of the tab may be missing because of what was asked."""
        return bool(self.change or self.state or self.stratum or self.least_cents or self.search)

    def address(self, **changed: Any) -> str:
        """The query that asks for this, with some answers changed; what says nothing is left out."""
        wanted = replace(self, **changed)
        euros = f"{Decimal(wanted.least_cents) / 100:f}" if wanted.least_cents else ""
        said = {
            "onglet": wanted.tab,
            "tri": wanted.sort,
            "evolution": wanted.change,
            "suivi": wanted.state,
            "strate": wanted.stratum,
            "dette_min": euros,
            "q": wanted.search,
            "page": wanted.page if wanted.page > 1 else "",
        }
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Standing:
    """Where people's work on a list stands: rows decided, rows still to read, households that objected since."""

    decided: Collection[str] = ()
    unread: Collection[str] = ()
    objected: Collection[str] = ()


@dataclass(frozen=True)
class Found:
    """The rows of one page, how many answer the question, and how many pages they make."""

    rows: tuple[Row, ...]
    total: int
    pages: int


def wanted(query: Mapping[str, str], default: Tab) -> Wanted:
    """What an address asks for; a value nobody offers is taken for none, so that an old link still opens the list."""
    tab = query.get("onglet", default)
    return Wanted(
        tab=next((known for known in ORDER if known == tab), default),
        sort=_offered(query.get("tri"), SORTS),
        change=_offered(query.get("evolution"), CHANGES),
        state=_offered(query.get("suivi"), STATES),
        stratum=_offered(query.get("strate"), STRATA),
        least_cents=_cents(query.get("dette_min", "")),
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        page=_page(query.get("page", "")),
    )


def head(session: Session, key: ListKey) -> tuple[int, FrozenList] | None:
    """A list's own key in the register, and what heads it, without its rows; None when there is no such list."""
    mine = select(WeeklyList.id, WeeklyList.evidence).filter_by(
        landlord_id=key.landlord_id, week=key.week, management_unit=key.management_unit
    )
    found = session.execute(mine).one_or_none()
    return (found.id, thaw_head(found.evidence)) if found else None


def counts(session: Session, list_id: int, standing: Standing) -> dict[Tab, int]:
    """Rows of every tab that may be shown."""
    shown = select(ListRow.tab, func.count()).where(_visible(list_id, standing)).group_by(ListRow.tab)
    found = {tab: number for tab, number in session.execute(shown)}  # noqa: C416 (rows are no pairs to mypy)
    return {tab: found.get(tab, 0) for tab in ORDER}


def hidden(session: Session, list_id: int, standing: Standing) -> int:
    """Households whose objection keeps them out of the scored tabs."""
    if not standing.objected:
        return 0
    mine = select(func.count(ListRow.lease_id.distinct())).where(ListRow.list_id == list_id, ListRow.tab.in_(SCORED))
    return session.scalar(mine.where(ListRow.lease_id.in_(standing.objected))) or 0


def first_tab(session: Session, list_id: int, leases: Collection[str]) -> Tab | None:
    """The first reviewed tab that shows one of these leases."""
    mine = select(ListRow.tab).where(ListRow.list_id == list_id, ListRow.tab.in_(REVIEWED), ListRow.lease_id.in_(leases))
    found = set(session.scalars(mine.distinct())) if leases else set()
    return next((tab for tab in REVIEWED if tab in found), None)


def find(session: Session, list_id: int, asked: Wanted, standing: Standing) -> Found:
    """The page of rows that `asked` describes; beyond the last page, the last one."""
    matching = and_(_visible(list_id, standing), ListRow.tab == asked.tab, *_filters(asked, standing))
    total = session.scalar(select(func.count()).select_from(ListRow).where(matching)) or 0
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(asked.page, pages)
    chosen = _sorted(select(*_COLUMNS).where(matching), asked.sort)
    rows = session.execute(chosen.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).mappings()
    return Found(tuple(thaw_row(dict(row)) for row in rows), total, pages)


def address(key: ListKey) -> str:
    """Where a list is."""
    return "/listes/" + "/".join(quote(part, safe="") for part in (key.landlord_id, key.week, key.management_unit))


def minutes_spent(session: Session, key: ListKey) -> int:
    """Minutes that people spent on the rows of a list, all reviewers together."""
    mine = select(func.sum(Reading.seconds)).join(Review, Review.id == Reading.review_id)
    seconds = session.scalar(
        mine.where(Review.landlord_id == key.landlord_id, Review.week == key.week, Review.management_unit == key.management_unit)
    )
    return round((seconds or 0) / 60)


_COLUMNS = (ListRow.tab, ListRow.position, ListRow.lease_id, ListRow.change, ListRow.facts, ListRow.reasons)


def _visible(list_id: int, standing: Standing) -> ColumnElement[bool]:
    mine = ListRow.list_id == list_id
    return mine & ~(ListRow.tab.in_(SCORED) & ListRow.lease_id.in_(standing.objected)) if standing.objected else mine


def _filters(asked: Wanted, standing: Standing) -> list[ColumnElement[bool]]:
    states = {
        "a_lire": ListRow.lease_id.in_(standing.unread),
        "a_decider": ListRow.lease_id.not_in(standing.decided),
        "decides": ListRow.lease_id.in_(standing.decided),
    }
    return [
        *([ListRow.change == asked.change] if asked.change else []),
        *([states[asked.state]] if asked.state else []),
        *([ListRow.facts["stratum"].as_string() == asked.stratum] if asked.stratum else []),
        *([_fact("current_cents") >= asked.least_cents] if asked.least_cents else []),
        *([ListRow.lease_id.icontains(asked.search, autoescape=True)] if asked.search else []),
    ]


def _sorted(rows: Select[Any], sort: str) -> Select[Any]:
    """Unknown figures come last; an exchange that is not known is the oldest of all."""
    keys: dict[str, ColumnElement[Any]] = {
        "bail": ListRow.lease_id.asc(),
        "dette": _fact("current_cents").desc().nulls_last(),
        "exigible": _fact("legal_cents").desc().nulls_last(),
        "termes": ListRow.facts[("facts", "current_terms")].as_float().desc().nulls_last(),
        "age": _fact("oldest_unpaid_days").desc().nulls_last(),
        "echange": _fact("days_since_two_way").desc().nulls_first(),
    }
    return rows.order_by(*([keys[sort]] if sort else []), ListRow.position, ListRow.id)


def _fact(name: str) -> ColumnElement[int]:
    return ListRow.facts[("facts", name)].as_integer()


def _offered(value: str | None, offered: Collection[str]) -> str:
    return value if value and value in offered else ""


def _cents(text: str) -> int:
    try:
        euros = Decimal(text.replace(",", ".").strip())
    except InvalidOperation:
        return 0
    return int(euros * 100) if euros.is_finite() and 0 < euros <= LARGEST_EUROS else 0


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
