"""The page of a listed household: what is known of it, the decision about it, and its identity when somebody asks."""

from datetime import date, timedelta
from typing import Any

from fastapi import Response

from riskmodel.access.policy import Action, Place, may
from riskmodel.casework import cases, decisions, reviews
from riskmodel.casework.choices import CHOICES
from riskmodel.casework.key import ListKey
from riskmodel.documents.identity import unit_name
from riskmodel.errors import DecisionRefused
from riskmodel.people import corrections
from riskmodel.referrals import reading
from riskmodel.register import to_write
from riskmodel.steps import people
from riskmodel.steps.orienting import readable_schemes
from riskmodel.web import household_page as page
from riskmodel.web.household_page import Opened
from riskmodel.web.list_rows import anchor, shown
from riskmodel.web.listing import SCORED, address
from riskmodel.web.referral_ladder import proposal_address
from riskmodel.web.referrals import address as address_of
from riskmodel.web.routing import Asked, PageUnknown, Routes
from riskmodel.weekly.answers import ACTING, LONGEST_WAIT, PAUSING
from riskmodel.weekly.frozen import TABS

routes = Routes()
ROW = "/listes/{landlord_id}/{week}/{unit}/{lease_id}"
HOUSEHOLD = "/menages/{landlord_id}/{lease_id}"
NO_FILE: dict[str, Any] = {"series": [], "timeline": [], "balances": {}, "waterfall": []}


@routes.get(ROW, Action.HOUSEHOLD_VIEW)
def one(asked: Asked, landlord_id: str, week: str, unit: str, lease_id: str) -> Response:
    """One household of a list. Whoever may decide has read the row by opening it."""
    key = ListKey(landlord_id, week, unit)
    if _may(asked, key, Action.LIST_DECIDE):
        _note_reading(asked, key, lease_id)
    return _page(asked, _open(asked, key, lease_id))


@routes.get(ROW + "/decision", Action.LIST_DECIDE)
def form(asked: Asked, landlord_id: str, week: str, unit: str, lease_id: str) -> Response:
    """The form of the decision alone, for the list, where the row's facts are read; the household's page without htmx."""
    key = ListKey(landlord_id, week, unit)
    if not asked.is_htmx:
        return asked.go(f"{page.row_address(key, lease_id)}#decision")
    _note_reading(asked, key, lease_id)
    return asked.fragment("households/decision.html", **_deciding(asked, _open(asked, key, lease_id)), back="liste")


@routes.post(ROW + "/decision", Action.LIST_DECIDE)
def decide(asked: Asked, landlord_id: str, week: str, unit: str, lease_id: str) -> Response:
    """Record a decision; one that is not complete comes back with the form as it was filled in and what it lacks."""
    key = ListKey(landlord_id, week, unit)
    try:
        decided = decisions.decide(
            asked.session, key, lease_id, asked.form.get("code", ""), by=asked.viewer.account, now=asked.now, **_given(asked)
        )
    except DecisionRefused as refused:
        if asked.is_htmx:
            raise
        return _page(asked, _open(asked, key, lease_id), status=409, fault=str(refused))
    return _done(asked, key, lease_id, f"Bail {lease_id} : « {decided.label} » est enregistré.")


@routes.post(ROW + "/annuler", Action.LIST_DECIDE)
def undo(asked: Asked, landlord_id: str, week: str, unit: str, lease_id: str) -> Response:
    """Take the standing decision back; it stays in the history."""
    key = ListKey(landlord_id, week, unit)
    is_undone = decisions.undo(asked.session, key, lease_id, asked.viewer.account, asked.now)
    said = "la décision est annulée, elle reste dans l'historique." if is_undone else "il n'y avait aucune décision à annuler."
    return _done(asked, key, lease_id, f"Bail {lease_id} : {said}")


@routes.get(HOUSEHOLD, Action.HOUSEHOLD_VIEW)
def newest(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """The household's page on the newest list that shows it."""
    key = page.newest_list(asked.session, landlord_id, lease_id)
    if key is None:
        return asked.page(
            "households/unlisted.html",
            landlord_id=landlord_id,
            lease_id=lease_id,
            may=_acts(asked, landlord_id, None),
            cases=cases.of_lease(asked.session, landlord_id, lease_id, asked.today),
            referrals=_referrals(asked, landlord_id, None, lease_id),
        )
    return asked.go(page.row_address(key, lease_id))


@routes.get(HOUSEHOLD + "/identite", Action.IDENTITY_VIEW)
def identity(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """Names, telephone and address, shown once and kept nowhere; that they were asked for is in the log."""
    found = people.identity(asked.settings, landlord_id, lease_id, asked.today)
    if asked.is_htmx:
        return asked.fragment("households/identity.html", identity=found)
    return asked.page("households/identity_page.html", landlord_id=landlord_id, lease_id=lease_id, identity=found)


def _note_reading(asked: Asked, key: ListKey, lease_id: str) -> None:
    """A transaction of its own, over before the page is made: a SQLite register has one place for whoever writes."""
    to_write(asked.session)
    reviews.read(asked.session, key, lease_id, asked.viewer.account, asked.now)
    asked.session.commit()


def _open(asked: Asked, key: ListKey, lease_id: str) -> Opened:
    opened = page.find(asked.session, key, lease_id, asked.request.query_params.get("onglet", ""), asked.today)
    if opened is None:
        raise PageUnknown(f"Ce ménage ne figure pas sur la liste de {key.management_unit}, semaine {key.week}.")
    return opened


def _page(asked: Asked, opened: Opened, status: int = 200, fault: str = "") -> Response:
    key, lease_id = opened.key, opened.lease_id
    file = opened.file or NO_FILE
    deciding = _deciding(asked, opened)
    decided = opened.decided if deciding["may_decide"] else None
    previous, following = page.neighbours(asked.session, opened.list_id, opened.row, key, opened.objected)
    disputed = corrections.sentences(asked.session, key.landlord_id, asked.today).get(lease_id)
    return asked.page(
        "households/household.html",
        status,
        **deciding,
        frozen=opened.frozen,
        unit_name=unit_name(opened.frozen),
        tabs=[(row, TABS[row.tab]) for row in opened.rows if not (opened.has_objected and row.tab in SCORED)],
        row=opened.row,
        tab_label=TABS[opened.row.tab],
        seen=shown(opened.row, opened.frozen.as_of, decided, is_read=True),
        is_withdrawn=opened.is_withdrawn,
        disputed=disputed,
        before=page.before(asked.session, key, lease_id),
        has_file=opened.file is not None,
        **(page.account(file) if opened.file else {}),
        **page.timeline(file),
        points=page.points(opened.rows, NO_FILE if opened.has_objected else file, decided),
        past=opened.past,
        cases=cases.of_lease(asked.session, key.landlord_id, lease_id, asked.today),
        referrals=_referrals(asked, key.landlord_id, key.management_unit, lease_id),
        ladder=proposal_address(key.landlord_id, key.management_unit, lease_id),
        previous=previous,
        following=following,
        base=address(key),
        may=_acts(asked, key.landlord_id, key.management_unit),
        fault=fault,
        back="",
    )


def _deciding(asked: Asked, opened: Opened) -> dict[str, Any]:
    """What parts/decision.html needs, beside `back` (« liste » to go back there)."""
    review = reviews.find(asked.session, opened.key)
    return {
        "key": opened.key,
        "lease_id": opened.lease_id,
        "row_address": page.row_address(opened.key, opened.lease_id),
        "tab": opened.row.tab,
        "decided": opened.decided,
        "approved_at": review.approved_at if review else None,
        "may_decide": _may(asked, opened.key, Action.LIST_DECIDE) and not opened.is_withdrawn,
        "choices": tuple(CHOICES.values()),
        "acting": ACTING,
        "pausing": PAUSING,
        "first_day": asked.today + timedelta(days=1),
        "last_day": asked.today + LONGEST_WAIT,
        "filled": asked.form,
    }


def _given(asked: Asked) -> dict[str, Any]:
    """Reason and day of the form, each only where the decision asks for it: a field that the form hides says nothing."""
    choice = CHOICES.get(asked.form.get("code", ""))
    day = asked.form.get("paused_until", "")
    return {
        "reason": (asked.form.get("reason") or None) if choice and choice.reasons else None,
        "paused_until": _day(day) if day and choice and choice.asks_date else None,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DecisionRefused(f"« {text[:20]} » n'est pas une date. Écrivez-la comme 2026-11-30.") from None


def _done(asked: Asked, key: ListKey, lease_id: str, said: str) -> Response:
    """Where an act leads: the row of the list when it was done there, else the household's page again, points included. The list
    draws itself again when htmx asked."""
    if asked.is_htmx:
        return Response(status_code=204)
    tab = asked.form.get("onglet", "")
    known = tab if tab in TABS else ""
    if asked.form.get("retour") == "liste":
        return asked.go(f"{address(key)}{f'?onglet={known}' if known else ''}#{anchor(lease_id)}", said)
    return asked.go(page.row_address(key, lease_id, known), said)


def _referrals(asked: Asked, landlord_id: str, unit: str | None, lease_id: str) -> list[tuple[str, str, reading.Head]]:
    """A household's referrals with their address and their scheme's name; none for who may not read them."""
    if not may(asked.viewer, Action.REFERRAL_VIEW, Place(landlord_id, unit)):
        return []
    schemes = readable_schemes(asked.settings, landlord_id)
    heads = reading.of_lease(asked.session, landlord_id, lease_id)
    return [(address_of(head), schemes[head.scheme].name if head.scheme in schemes else head.scheme, head) for head in heads]


def _acts(asked: Asked, landlord_id: str, unit: str | None) -> dict[str, bool]:
    acts = {
        "identity": Action.IDENTITY_VIEW,
        "log": Action.HOUSEHOLD_LOG,
        "rights": Action.RIGHT_VIEW,
        "letter": Action.LETTER,
        "list": Action.LIST_VIEW,
        "refer": Action.REFERRAL_ACT,
        "deadlines": Action.DEADLINES_VIEW,
    }
    return {name: may(asked.viewer, action, Place(landlord_id, unit)) for name, action in acts.items()}


def _may(asked: Asked, key: ListKey, action: Action) -> bool:
    return may(asked.viewer, action, Place(key.landlord_id, key.management_unit))
