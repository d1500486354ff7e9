"""Orientations reçues: what a partner association was sent, what it answers and what it notes, and nothing else of the landlord.

Who may read or do what is `steps.partnering`: this is how people see it. No page names a household; its identity is asked for.
"""

from typing import Any

from fastapi import Response

from riskmodel.access.policy import Action
from riskmodel.errors import MoveRefused
from riskmodel.referrals.states import MOVES, STATES
from riskmodel.steps import partnering
from riskmodel.steps.received import is_in
from riskmodel.web import moves_form, papers, partner_referral
from riskmodel.web.partner_home import address, mine
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
PARTNER = "/association/{organisation_id}"
REFERRAL = PARTNER + "/{referral_id}"
FIRST = "a_repondre"


@routes.get("/association", Action.PARTNER_VIEW)
def choose(asked: Asked) -> Response:
    """The viewer's only organisation, or the choice of one."""
    known = mine(asked)
    return asked.go(address(known[0])) if len(known) == 1 else asked.page("partners/choose.html", partners=known)


@routes.get(PARTNER, Action.PARTNER_VIEW)
def index(asked: Asked, organisation_id: int, onglet: str = FIRST) -> Response:
    """What an organisation was sent, tab by tab."""
    if onglet not in partnering.TABS:
        raise PageUnknown("Cet onglet n’existe pas. Rouvrez la page des orientations reçues.")
    everything = partnering.listed(asked.session, asked.settings, organisation_id, asked.today)
    tabs = {code: [one for one in everything if is_in(one, code)] for code in partnering.TABS}
    return asked.page(
        "partners/index.html",
        **frame(asked, organisation_id, "orientations"),
        tabs=[(code, label, len(tabs[code])) for code, label in partnering.TABS.items()],
        tab=onglet,
        rows=tabs[onglet],
        total=len(everything),
    )


@routes.get(REFERRAL, Action.PARTNER_VIEW)
def one(asked: Asked, organisation_id: int, referral_id: int) -> Response:
    """One referral: its fiche, what is to be done, what was."""
    return _page(asked, organisation_id, referral_id)


@routes.post(REFERRAL + "/etape", Action.PARTNER_ACT)
def move(asked: Asked, organisation_id: int, referral_id: int) -> Response:
    """Note a move; a refused one comes back as it was filled in, with all that it lacks. Sent twice, it is noted once."""
    try:
        given = moves_form.posted(asked)
        state = partnering.act(
            asked.session,
            asked.settings,
            organisation_id,
            referral_id,
            given.code,
            by=asked.viewer.account,
            now=asked.now,
            on_day=given.on_day,
            details=given.details,
            expected=asked.form.get("version") or None,
        )
    except MoveRefused as refused:
        asked.session.rollback()
        return _page(asked, organisation_id, referral_id, 409, str(refused))
    said = f"Noté : {MOVES[given.code].label}. L’orientation est « {STATES[state]} »."
    return asked.go(f"/association/{organisation_id}/{referral_id}", said)


@routes.post(REFERRAL + "/annuler", Action.PARTNER_ACT)
def undo(asked: Asked, organisation_id: int, referral_id: int) -> Response:
    """Take the last move back; it stays in the history."""
    state = partnering.undo(
        asked.session,
        asked.settings,
        organisation_id,
        referral_id,
        by=asked.viewer.account,
        now=asked.now,
        expected=asked.form.get("version") or None,
    )
    said = f"Étape annulée, elle reste dans l’historique. L’orientation est « {STATES[state]} »."
    return asked.go(f"/association/{organisation_id}/{referral_id}", said)


@routes.get(REFERRAL + "/identite", Action.PARTNER_IDENTITY)
def identity(asked: Asked, organisation_id: int, referral_id: int) -> Response:
    """Who the household is, shown once and kept nowhere; that it was asked for is in the household's log."""
    found = partnering.identity(asked.session, asked.settings, organisation_id, referral_id, asked.today)
    if asked.is_htmx:
        return asked.fragment("households/identity.html", identity=found)
    around = frame(asked, organisation_id, "orientations")
    return asked.page("partners/identity.html", **around, referral_id=referral_id, identity=found)


@routes.get(REFERRAL + "/document/{kind}.pdf", Action.PARTNER_ACT)
def pdf(asked: Asked, referral_id: int, kind: str) -> Response:
    """A document as it is posted or signed, for the partner's hand."""
    return papers.file(asked, referral_id, kind, "pdf", "association", Action.PARTNER_IDENTITY)


@routes.get(REFERRAL + "/document/{kind}.docx", Action.PARTNER_ACT)
def docx(asked: Asked, referral_id: int, kind: str) -> Response:
    """The same for a word processor, where people fill it in."""
    return papers.file(asked, referral_id, kind, "docx", "association", Action.PARTNER_IDENTITY)


def frame(asked: Asked, organisation_id: int, section: str) -> dict[str, Any]:
    """What every page of an organisation needs around it: the organisation, its address and which of its pages this is."""
    partner = partnering.partner(asked.session, asked.settings, organisation_id)
    return {"partner": partner, "here": address(partner), "section": section}


def _page(asked: Asked, organisation_id: int, referral_id: int, status: int = 200, fault: str = "") -> Response:
    shown = partner_referral.shown(asked, organisation_id, referral_id)
    around = frame(asked, organisation_id, "orientations")
    return asked.page("partners/referral.html", status=status, fault=fault, **around, **shown)
