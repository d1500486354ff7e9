"""The lists of the week: those a viewer may open, one of them with its tabs, and the approval of its review."""

from dataclasses import dataclass
from typing import Any

from fastapi import Response

from riskmodel.access.policy import Action, Place, may
from riskmodel.casework import capacity, decisions, reviews
from riskmodel.casework.key import ListKey
from riskmodel.casework.reviews import Progress
from riskmodel.documents import record
from riskmodel.documents.figures import warnings
from riskmodel.documents.french import typeset
from riskmodel.documents.identity import unit_name
from riskmodel.documents.unit import unit_lines
from riskmodel.people import objections
from riskmodel.web import listing
from riskmodel.web.list_index import index_of
from riskmodel.web.list_rows import shown
from riskmodel.web.listing import CHANGES, REVIEWED, SORTS, STATES, STRATA, Standing, address
from riskmodel.web.routing import Asked, PageUnknown, Routes
from riskmodel.weekly.frozen import TABS, FrozenList

routes = Routes()
LIST = "/listes/{landlord_id}/{week}/{unit}"


@dataclass(frozen=True)
class Opened:
    """A list that somebody opened, with where the work on it stands."""

    key: ListKey
    list_id: int
    frozen: FrozenList
    progress: Progress
    decided: dict[str, decisions.Decided]
    standing: Standing


@routes.get("/listes", Action.LIST_VIEW)
def index(asked: Asked, semaine: str = "") -> Response:
    """The lists of a week in every unit the viewer follows, the newest week unless another is asked for."""
    return asked.page("lists/index.html", **index_of(asked.session, asked.viewer, semaine))


@routes.get(LIST, Action.LIST_VIEW)
def one(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """One tab of a list. The first person who may decide opens its review."""
    key = ListKey(landlord_id, week, unit)
    opened = _open(asked, key)
    may_here = {name: may(asked.viewer, action, Place(landlord_id, unit)) for name, action in _ACTS.items()}
    return asked.page("lists/list.html", key=key, base=address(key), may=may_here, **_head(asked, opened), **_tab(asked, opened))


@routes.post(LIST + "/approuver", Action.LIST_APPROVE)
def approve(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """Approve a list of which every row was read; refused otherwise, with the rows that are left."""
    key = _known(asked, ListKey(landlord_id, week, unit))
    reviews.approve(asked.session, key, asked.viewer.account, asked.now)
    return asked.go(address(key), "Liste approuvée : ses décisions ne changent plus, sauf à la rouvrir.")


@routes.post(LIST + "/rouvrir", Action.LIST_APPROVE)
def reopen(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """Take an approval back."""
    key = _known(asked, ListKey(landlord_id, week, unit))
    reviews.reopen(asked.session, key, asked.viewer.account, asked.now)
    return asked.go(address(key), "Liste rouverte : ses décisions peuvent changer.")


_ACTS = {
    "decide": Action.LIST_DECIDE,
    "approve": Action.LIST_APPROVE,
    "export": Action.LIST_EXPORT,
    "import": Action.LIST_IMPORT,
    "open": Action.HOUSEHOLD_VIEW,
}


def _open(asked: Asked, key: ListKey) -> Opened:
    found = listing.head(asked.session, key)
    if found is None:
        raise PageUnknown(f"Aucune liste figée pour {key.management_unit}, semaine {key.week}.")
    if may(asked.viewer, Action.LIST_DECIDE, Place(key.landlord_id, key.management_unit)):
        reviews.start(asked.session, key, asked.viewer.account, asked.now)
    progress = reviews.progress(asked.session, key)
    decided = decisions.standing(asked.session, key)
    objected = objections.standing(asked.session, key.landlord_id, asked.today)
    return Opened(key, *found, progress, decided, Standing(decided.keys(), progress.unread, objected))


def _head(asked: Asked, opened: Opened) -> dict[str, Any]:
    """What stands above the tabs: the state of the review, what past lists were worth, what is wrong with the data."""
    frozen, key = opened.frozen, opened.key
    worth = [typeset(record.told(entry)) for entry in frozen.track]
    return {
        "frozen": frozen,
        "unit_name": unit_name(frozen),
        "progress": opened.progress,
        "unread_tab": listing.first_tab(asked.session, opened.list_id, opened.progress.unread),
        "spent": listing.minutes_spent(asked.session, key),
        "capacity": capacity.in_force(asked.session, key.landlord_id, key.management_unit, frozen.monday),
        "warnings": warnings(frozen),
        "worth": worth,
        "record": [sentence for sentence in record.head(frozen) if sentence not in worth],
        "unit_lines": unit_lines(frozen),
        "TABS": TABS,
    }


def _tab(asked: Asked, opened: Opened) -> dict[str, Any]:
    """The tab that is asked for, the first one with rows when none is."""
    session, list_id, standing = asked.session, opened.list_id, opened.standing
    counts = listing.counts(session, list_id, standing)
    wanted = listing.wanted(asked.request.query_params, next((tab for tab in listing.ORDER if counts[tab]), "urgence"))
    found = listing.find(session, list_id, wanted, standing)
    unread, as_of = set(opened.progress.unread), opened.frozen.as_of
    return {
        "wanted": wanted,
        "found": found,
        "page": min(wanted.page, found.pages),
        "rows": [shown(row, as_of, opened.decided.get(row.lease_id), is_read=row.lease_id not in unread) for row in found.rows],
        "tab_label": TABS[wanted.tab],
        "is_reviewed": wanted.tab in REVIEWED,
        "tabs": [(tab, TABS[tab], counts[tab]) for tab in listing.ORDER],
        "hidden": listing.hidden(session, list_id, standing),
        "choices": {"tri": SORTS, "evolution": CHANGES, "suivi": STATES, "strate": STRATA},
    }


def _known(asked: Asked, key: ListKey) -> ListKey:
    if listing.head(asked.session, key) is None:
        raise PageUnknown(f"Aucune liste figée pour {key.management_unit}, semaine {key.week}.")
    return key
