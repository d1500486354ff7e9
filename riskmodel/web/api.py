"""What a partner's own software reads and does: the same referrals, rules and log as on its pages, as JSON.

docs/api.md and the document at /api/v1/openapi.json say what each call takes and gives.
"""

from datetime import date
from typing import Any

from fastapi import Response

from riskmodel.access.api_tokens import Scope
from riskmodel.access.policy import Action
from riskmodel.errors import NothingKnown
from riskmodel.places.stock import stock
from riskmodel.referrals.states import STATES
from riskmodel.steps import partner_json, partnering
from riskmodel.steps.partnering import Partner
from riskmodel.web.api_routing import BASE, ApiRoutes, BodyRefused, Called, answered, problem
from riskmodel.web.api_schema import document

routes = ApiRoutes()
REFERRALS = BASE + "/referrals"
REFERRAL = REFERRALS + "/{referral_id}"
A_PAGE = 50
MOST = 200
MOVE_KEYS = ("code", "on_day", "details")
WITHOUT_VERSION = (
    "Donnez dans « If-Match » la version lue (champ « version », en-tête « ETag ») : un envoi répété ne compte qu'une fois."
)


@routes.get(BASE + "/openapi.json", Action.PUBLIC, None)
def described(_called: Called | None) -> Response:
    """What this API is, for programs: OpenAPI 3.1."""
    return answered(document())


@routes.get(BASE + "/me", Action.PARTNER_VIEW, None)
def me(called: Called) -> Response:
    """Whose token this is, and what it opens."""
    mine = _partner(called)
    told = {"id": mine.organisation_id, "name": mine.name, "landlord": mine.landlord_id}
    bearer = called.bearer
    opened = {"scopes": sorted(bearer.scopes), "expires_at": bearer.expires_at.isoformat()}
    return answered({"synthetic": _is_synthetic(called, mine), "partner": told, "token": opened})


@routes.get(REFERRALS, Action.PARTNER_VIEW, Scope.READ)
def referrals(called: Called, state: str = "", limit: int = A_PAGE, before: int | None = None) -> Response:
    """Referrals, the newest number first, so many at a time."""
    if not 1 <= limit <= MOST or (state and state not in STATES):
        return problem(422, f"« limit » va de 1 à {MOST} ; « state » est l'un de : {', '.join(STATES)}.")
    mine, asked = _partner(called), called.asked
    found = partnering.listed(asked.session, asked.settings, mine.organisation_id, asked.today)
    kept = [one for one in found if state in ("", one.state) and (before is None or one.referral_id < before)]
    kept.sort(key=lambda one: -one.referral_id)
    rest = f"&state={state}" if state else ""
    more = f"{REFERRALS}?limit={limit}&before={kept[limit - 1].referral_id}{rest}" if len(kept) > limit else None
    items = [partner_json.headed(one) for one in kept[:limit]]
    return answered({"synthetic": _is_synthetic(called, mine), "items": items, "next": more})


@routes.get(REFERRAL, Action.PARTNER_VIEW, Scope.READ)
def referral(called: Called, referral_id: int) -> Response:
    """One referral whole: its fiche, what may be done now, what was done, what is due."""
    return _told(called, referral_id)


@routes.post(REFERRAL + "/moves", Action.PARTNER_ACT, Scope.WRITE)
def move(called: Called, referral_id: int) -> Response:
    """Make a move, once however often it is sent."""
    if called.expected is None:
        return problem(428, WITHOUT_VERSION)
    asked, bearer, (code, on_day, details) = called.asked, called.bearer, _wanted(called.body)
    partnering.act(
        asked.session,
        asked.settings,
        bearer.organisation_id,
        referral_id,
        code,
        by=bearer.account,
        now=asked.now,
        on_day=on_day,
        details=details,
        expected=called.expected,
    )
    return _told(called, referral_id)


@routes.post(REFERRAL + "/undo", Action.PARTNER_ACT, Scope.WRITE)
def undo(called: Called, referral_id: int) -> Response:
    """Take the last move back."""
    if called.expected is None:
        return problem(428, WITHOUT_VERSION)
    asked, bearer = called.asked, called.bearer
    where = (asked.session, asked.settings, bearer.organisation_id, referral_id)
    partnering.undo(*where, by=bearer.account, now=asked.now, expected=called.expected)
    return _told(called, referral_id)


@routes.get(REFERRAL + "/identity", Action.PARTNER_IDENTITY, Scope.IDENTITY)
def identity(called: Called, referral_id: int) -> Response:
    """Who the household is, when the convention and the state of the referral allow it."""
    asked, organisation = called.asked, called.bearer.organisation_id
    found = partnering.identity(asked.session, asked.settings, organisation, referral_id, asked.today)
    return answered({"synthetic": _is_synthetic(called, _partner(called))} | partner_json.identified(found))


@routes.get(BASE + "/places", Action.PARTNER_VIEW, Scope.READ)
def places(called: Called) -> Response:
    """What is left of the partner's places, lines of funding and workers' time."""
    mine, asked = _partner(called), called.asked
    offers = stock(asked.session, mine.landlord_id, mine.schemes, asked.today, organisation_id=mine.organisation_id)
    return answered({"synthetic": _is_synthetic(called, mine), "items": [partner_json.offered(offer) for offer in offers]})


def _told(called: Called, referral_id: int) -> Response:
    asked, mine = called.asked, _partner(called)
    seen = partnering.seen(asked.session, asked.settings, mine.organisation_id, referral_id, asked.today)
    content = {"synthetic": _is_synthetic(called, mine)} | partner_json.whole(seen)
    return answered(content, headers={"ETag": f'"{seen.version}"'})


def _partner(called: Called) -> Partner:
    return partnering.partner(called.asked.session, called.asked.settings, called.bearer.organisation_id)


def _is_synthetic(called: Called, mine: Partner) -> bool:
    known = called.asked.pages.landlords.get(mine.landlord_id)
    if known is None:
        raise NothingKnown(f"{mine.landlord_id} : ce bailleur n'est plus déclaré ici.")
    return known.is_synthetic


def _wanted(body: Any) -> tuple[str, date, dict[str, Any]]:
    """What an act asks for; raises BodyRefused, every fault at once."""
    code, details = body.get("code"), body.get("details", {})
    on_day = _day(body.get("on_day"))
    faults = [f"« {key} » n'est pas attendu ; clés attendues : {', '.join(MOVE_KEYS)}." for key in body if key not in MOVE_KEYS]
    if not isinstance(code, str):
        faults.append("« code » : donnez le code d'une étape, tel que la liste « moves » de l'orientation le donne.")
    if on_day is None:
        faults.append(f"« on_day » : lu {body.get('on_day')!r}, attendu le jour où cela s'est fait, AAAA-MM-JJ.")
    if not isinstance(details, dict):
        faults.append("« details » : attendu un objet, vide quand l'étape ne demande rien.")
    if faults or on_day is None:
        raise BodyRefused("\n".join(faults))
    return str(code), on_day, details


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
