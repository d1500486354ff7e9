"""Orientations: a landlord's referrals, and each of them from its proposal to its end, the gate before sharing included."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query, Response

from riskmodel.access.policy import Action, Place, may, places
from riskmodel.errors import MoveRefused, PlaceRefused
from riskmodel.referrals import gate, reading
from riskmodel.referrals.states import MOVES
from riskmodel.steps import orientation, orienting
from riskmodel.steps.versions import version
from riskmodel.web import moves_form
from riskmodel.web import referral_page as page
from riskmodel.web.referral_index import PAGE_ROWS, Chosen, lines, options, units
from riskmodel.web.referral_page import Opened
from riskmodel.web.routing import Asked, Routes

routes = Routes()
UNIT = "/orientations/{landlord_id}/{unit}"
REFERRAL = UNIT + "/{referral_id}"


@routes.get("/orientations", Action.REFERRAL_VIEW)
def everywhere(
    asked: Asked,
    etat: str = "",
    dispositif: str = "",
    partenaire: str = "",
    unite: str = "",
    closes: bool = False,
    suite: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """The referrals that the viewer follows, what is late first, a page of them at a time from the one numbered `suite`."""
    mine = places(asked.viewer, Action.REFERRAL_VIEW)
    found = lines(asked.session, asked.settings, mine, asked.today)
    chosen = Chosen(etat, dispositif, partenaire, unite, closes)
    kept = [line for line in found if chosen.keeps(line)]
    return asked.page(
        "referrals/index.html",
        lines=kept[suite : suite + PAGE_ROWS],
        number=len(kept),
        total=len(found),
        following=chosen.address(suite + PAGE_ROWS) if suite + PAGE_ROWS < len(kept) else "",
        options=options(found),
        chosen=chosen,
        units=units(asked.session, asked.viewer),
        has_several_landlords=len({place.landlord_id for place in mine}) > 1,
    )


@routes.get(REFERRAL, Action.REFERRAL_VIEW)
def one(asked: Asked, referral_id: int) -> Response:
    """One referral."""
    return _page(asked, _open(asked, referral_id))


@routes.post(REFERRAL + "/etape", Action.REFERRAL_ACT)
def move(asked: Asked, referral_id: int) -> Response:
    """Note a move."""

    def made(opened: Opened) -> str:
        _in_time(asked, referral_id)
        given = moves_form.read(asked, opened.detail.moves_of(page.SIDE))
        said: dict[str, Any] = {"by": asked.viewer.account, "now": asked.now, "on_day": given.on_day, "details": given.details}
        orienting.move(asked.session, asked.settings, referral_id, given.code, **said)
        return f"C'est noté : {MOVES[given.code].label}."

    return _answered(asked, referral_id, made)


@routes.post(REFERRAL + "/annuler", Action.REFERRAL_ACT)
def undo(asked: Asked, referral_id: int) -> Response:
    """Take the last move back, if it is still the one that the page showed and the landlord's to take back."""

    def undone(opened: Opened) -> str:
        _in_time(asked, referral_id)
        if page.SIDE not in opened.detail.undo_by:
            raise MoveRefused("La dernière étape ne s'annule pas, ou pas par vous. Relisez l'historique.")
        orienting.undo(asked.session, asked.settings, referral_id, by=asked.viewer.account, now=asked.now)
        return "L'étape est annulée ; elle reste dans l'historique."

    return _answered(asked, referral_id, undone)


@routes.post(REFERRAL + "/garde", Action.REFERRAL_ACT)
def record(asked: Asked, referral_id: int) -> Response:
    """Note what was done before sharing: a reminder, a contact, the information given, the agreement."""
    kind, state = asked.form.get("kind", ""), asked.form.get("state", "")

    def recorded(_opened: Opened) -> str:
        gate.record(asked.session, referral_id, kind, state, _day(asked), asked.viewer.account, asked.now)
        return f"C'est noté : {gate.PRECONDITIONS[kind].label}."

    return _answered(asked, referral_id, recorded)


@routes.post(REFERRAL + "/garde/annuler", Action.REFERRAL_ACT)
def unrecord(asked: Asked, referral_id: int) -> Response:
    """Take back what was noted of a precondition."""
    kind = asked.form.get("kind", "")

    def taken_back(_opened: Opened) -> str:
        was_noted = gate.undo_record(asked.session, referral_id, kind, asked.viewer.account, asked.now)
        return "La note est annulée." if was_noted else "Il n'y avait rien à annuler."

    return _answered(asked, referral_id, taken_back)


def address(head: reading.Head) -> str:
    """Where the page of a referral is."""
    return f"/orientations/{quote(head.landlord_id, safe='')}/{quote(head.management_unit, safe='')}/{head.referral_id}"


def _open(asked: Asked, referral_id: int) -> Opened:
    """The referral of the address: the door has checked that it stands there."""
    return page.find(asked.session, asked.settings, referral_id, asked.today)


def _page(asked: Asked, opened: Opened, status: int = 200, fault: str = "") -> Response:
    head = opened.detail.head
    place = Place(head.landlord_id, head.management_unit)
    may_act = may(asked.viewer, Action.REFERRAL_ACT, place)
    return asked.page(
        "referrals/referral.html",
        status,
        **page.shown_values(asked.session, opened, asked.today),
        here=address(head),
        documents=orientation.kinds(asked.session, asked.settings, head.referral_id, today=asked.today, side=page.SIDE)
        if may_act
        else (),
        may_act=may_act,
        may_share_out=may(asked.viewer, Action.PLACES_ALLOCATE, Place(head.landlord_id)),
        may_open_household=may(asked.viewer, Action.HOUSEHOLD_VIEW, place),
        fault=fault,
        filled=asked.form,
        ticked=asked.several,
    )


def _answered(asked: Asked, referral_id: int, act: Callable[[Opened], str]) -> Response:
    """The page after an act, with the sentence that it gives; or the page with all that the act lacks, as the form was filled."""
    try:
        said = act(_open(asked, referral_id))
    except (MoveRefused, PlaceRefused) as refused:
        return _page(asked, _open(asked, referral_id), status=409, fault=str(refused))
    return asked.go(address(_open(asked, referral_id).detail.head), said)


def _in_time(asked: Asked, referral_id: int) -> None:
    """A form made from what has changed since says what somebody else knew, and may undo what nobody meant."""
    if asked.form.get("version") != version(asked.session, referral_id):
        raise MoveRefused("Quelqu'un a noté autre chose depuis l'ouverture de cette page. Relisez l'orientation.")


def _day(asked: Asked) -> date:
    text = asked.form.get("on_day", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MoveRefused(f"Jour : lu « {text[:20]} », attendu AAAA-MM-JJ, par exemple 2026-11-30.") from None
