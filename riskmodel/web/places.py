"""Places: what partners can still take and who is next; the week's places shared out, with who was not served, then booked."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from fastapi import Response
from sqlalchemy import select

from riskmodel.access.policy import Action, Place, may, places
from riskmodel.casework.key import week_of
from riskmodel.documents.french import counted
from riskmodel.places import board as limits
from riskmodel.places import turns
from riskmodel.places.allocation import WHY, Request
from riskmodel.places.board import PartnerShown
from riskmodel.places.offers import LIMITS
from riskmodel.register import organisations
from riskmodel.register.models import FundingLine, Referral
from riskmodel.steps import sharing
from riskmodel.steps.orienting import schemes_of
from riskmodel.steps.sharing import Confirmed, Shared
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
PLACES = "/places"
SHARING = PLACES + "/{landlord_id}/repartition"
COUNTED = (("measures", "Mesures"), ("months", "Mois-mesures"), ("places", "Places"))
"""Limits of a line, as columns."""


@routes.get(PLACES, Action.PLACES_VIEW)
def board(asked: Asked, bailleur: str = "") -> Response:
    """What the partners of the viewer's units allow, hold and can still take, and who is next."""
    landlord_id, landlords = _chosen(asked, bailleur)
    units = _units(asked, landlord_id)
    waiting = sharing.waiting(asked.session, asked.settings, landlord_id)
    shown = limits.board(asked.session, landlord_id, schemes_of(asked.settings, landlord_id), asked.today, waiting)
    return asked.page(
        "places/board.html",
        partners=[partner for one in shown if (partner := _within(one, units)).lines],
        waiting=[one for one in waiting if units is None or one.management_unit in units],
        may_share=may(asked.viewer, Action.PLACES_ALLOCATE, Place(landlord_id)),
        may_keep=may(asked.viewer, Action.PARTNERS, Place(landlord_id)),
        units=units,
        landlord_id=landlord_id,
        landlords=landlords,
        **_words(asked, landlord_id),
    )


@routes.get(SHARING, Action.PLACES_ALLOCATE)
def sharing_out(asked: Asked, landlord_id: str) -> Response:
    """The referrals that wait this week, and how their places were last shared out."""
    return _sharing_page(asked, landlord_id, None)


@routes.post(SHARING, Action.PLACES_ALLOCATE)
def share(asked: Asked, landlord_id: str) -> Response:
    """Share the places left among all who wait; nothing is booked yet."""
    sharing.share(asked.session, asked.settings, landlord_id, by=asked.viewer.account, now=asked.now)
    return asked.go(SHARING.format(landlord_id=landlord_id), "Répartition calculée. Relisez-la : rien n’est encore réservé.")


@routes.post(SHARING + "/{number}/confirmer", Action.PLACES_ALLOCATE)
def confirm(asked: Asked, landlord_id: str, number: int) -> Response:
    """Book all of it; whoever changed since the sharing out is left aside, and the page says who and why."""
    done = sharing.confirm(asked.session, asked.settings, landlord_id, number, by=asked.viewer.account, now=asked.now)
    if done.left:
        return _sharing_page(asked, landlord_id, done)
    said = counted(done.booked, "place réservée", "places réservées")
    before = f", {counted(done.already, 'l’était déjà', 'l’étaient déjà')}" if done.already else ""
    return asked.go(SHARING.format(landlord_id=landlord_id), f"{said}{before}.")


def _sharing_page(asked: Asked, landlord_id: str, done: Confirmed | None) -> Response:
    waiting = sharing.waiting(asked.session, asked.settings, landlord_id)
    shared = sharing.last(asked.session, landlord_id, week_of(asked.today))
    told = shared.told if shared else None
    about = _about(asked, waiting, shared)
    return asked.page(
        "places/sharing.html",
        landlord_id=landlord_id,
        week=week_of(asked.today),
        waiting=waiting,
        shared=shared,
        done=done,
        standing=sharing.standing(asked.session, told.assigned) if told else {},
        moved=_moved(waiting, shared),
        about=about,
        ranks={number: turns.label((turns.rank(row.facts),)) for number, row in about.items()},
        WHY=WHY,
        LIMITS=LIMITS,
        **_words(asked, landlord_id),
    )


def _moved(waiting: Iterable[Request], shared: Shared | None) -> dict[str, list[int]]:
    """Who came, and who of those not served left, since places were shared out."""
    if shared is None:
        return {"came": [], "gone": []}
    now = {one.referral_id for one in waiting}
    unserved = {one.referral_id for one in shared.told.unserved}
    known = unserved | {one.referral_id for one in shared.told.assigned}
    return {"came": sorted(now - known), "gone": sorted(unserved - now)}


def _about(asked: Asked, waiting: Iterable[Request], shared: Shared | None) -> dict[int, Referral]:
    """The referrals that the page names, those whose lease was erased since left out."""
    named = {one.referral_id for one in waiting}
    if shared:
        named |= {one.referral_id for one in shared.told.assigned} | {one.referral_id for one in shared.told.unserved}
    return {row.id: row for row in asked.session.scalars(select(Referral).where(Referral.id.in_(named)))}


def _words(asked: Asked, landlord_id: str) -> dict[str, Any]:
    """Names of schemes, partners and lines, and the declared order of turns."""
    lines = asked.session.scalars(select(FundingLine).filter_by(landlord_id=landlord_id))
    return {
        "schemes": schemes_of(asked.settings, landlord_id),
        "names": {row.id: row.name for row in organisations.partners(asked.session, landlord_id)},
        "lines": {row.id: f"{row.code} {row.year}" for row in lines},
        "turns": turns.TURNS,
        "others": turns.OTHERS,
        "priority": turns.label,
        "counted_limits": COUNTED,
    }


def _chosen(asked: Asked, wanted: str) -> tuple[str, list[str]]:
    """The landlord that the page is about, and those whose places the viewer may read."""
    mine = sorted({place.landlord_id for place in places(asked.viewer, Action.PLACES_VIEW) if place.landlord_id})
    if wanted and wanted not in mine:
        raise PageUnknown(f"{wanted} : ce bailleur n’est pas de ceux que vous suivez ({', '.join(mine)}).")
    return wanted or mine[0], mine


def _units(asked: Asked, landlord_id: str) -> frozenset[str] | None:
    """The units of a landlord that the viewer follows; None for all of them."""
    mine = [place.management_unit for place in places(asked.viewer, Action.PLACES_VIEW) if place.landlord_id == landlord_id]
    return None if None in mine else frozenset(unit for unit in mine if unit)


def _within(partner: PartnerShown, units: Collection[str] | None) -> PartnerShown:
    """A partner as whoever follows these units sees it: lines that cover one of them, nobody of another unit next in line."""
    if units is None:
        return partner
    lines = [line for line in partner.lines if not line.territories or set(line.territories) & set(units)]
    return replace(
        partner,
        lines=tuple(
            replace(
                line,
                territories=tuple(unit for unit in line.territories if unit in units),
                next=line.next if line.next and line.next.management_unit in units else None,
            )
            for line in lines
        ),
    )
