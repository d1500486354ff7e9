"""Dossiers: what decisions opened and somebody still has to do; taken on, given back, closed with an end of the closed list."""

from fastapi import Response

from riskmodel.access.policy import Action, places
from riskmodel.casework import cases
from riskmodel.casework.choices import ENDS, KINDS
from riskmodel.referrals import reading
from riskmodel.referrals.reading import Filters
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
CASE = "/dossiers/{landlord_id}/{unit}/{case_id}"
UNKNOWN = "Ce dossier n’existe pas, ou n’est pas de cette agence. Rouvrez la page des dossiers."


@routes.get("/dossiers", Action.CASE_CLOSE)
def open_cases(asked: Asked, unite: str = "", nature: str = "", a_moi: bool = False) -> Response:
    """Open cases of the viewer's units, the nearest day first."""
    found = cases.open_cases(asked.session, places(asked.viewer, Action.CASE_CLOSE), asked.today)
    shown = [
        case
        for case in found
        if unite in ("", case.management_unit)
        and nature in ("", case.kind)
        and (not a_moi or case.assigned_to == asked.viewer.account)
    ]
    chosen = {"unite": unite, "nature": nature, "a_moi": a_moi}
    units = [(unit, unit) for unit in sorted({case.management_unit for case in found})]
    heads = reading.of_landlord(asked.session, places(asked.viewer, Action.REFERRAL_VIEW), Filters(with_closed=True))
    referrals = {head.case_id: head for head in reversed(heads) if head.case_id is not None}
    return asked.page(
        "home/cases.html", cases=shown, total=len(found), units=units, kinds=KINDS, ends=ENDS, chosen=chosen, referrals=referrals
    )


@routes.post(f"{CASE}/clore", Action.CASE_CLOSE)
def close(asked: Asked, landlord_id: str, unit: str, case_id: int) -> Response:
    """Close a case: what came of it, from the closed list."""
    case = _case(asked, landlord_id, unit, case_id)
    cases.close(asked.session, case_id, asked.form.get("end", ""), asked.viewer.account, asked.today)
    return asked.go("/dossiers", f"Clos : {case.label}, bail {case.lease_id} ({ENDS[asked.form['end']]}).")


@routes.post(f"{CASE}/prendre", Action.CASE_CLOSE)
def take(asked: Asked, landlord_id: str, unit: str, case_id: int) -> Response:
    """Say that the viewer takes a case on."""
    case = _case(asked, landlord_id, unit, case_id)
    cases.assign(asked.session, case_id, asked.viewer.account)
    return asked.go("/dossiers", f"À vous : {case.label}, bail {case.lease_id}.")


@routes.post(f"{CASE}/rendre", Action.CASE_CLOSE)
def give_back(asked: Asked, landlord_id: str, unit: str, case_id: int) -> Response:
    """Give a case back to the team."""
    case = _case(asked, landlord_id, unit, case_id)
    cases.assign(asked.session, case_id, None)
    return asked.go("/dossiers", f"Rendu à l’équipe : {case.label}, bail {case.lease_id}.")


def _case(asked: Asked, landlord_id: str, unit: str, case_id: int) -> cases.CaseView:
    """The case at this address: its own landlord and unit, since these are what the right was judged on."""
    case = cases.find(asked.session, case_id, asked.today)
    if case is None or (case.landlord_id, case.management_unit) != (landlord_id, unit):
        raise PageUnknown(UNKNOWN)
    return case
