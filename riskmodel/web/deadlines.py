"""Échéances: what the law said of the newest night; urgencies, statutory lists, coming deadlines, one lease before the law."""

from datetime import date

from fastapi import Response

from riskmodel import settings
from riskmodel.access.policy import Action, Place, may, places
from riskmodel.contracts.benefits import BENEFIT_KINDS, PAID_TO, STATES
from riskmodel.documents import statutory
from riskmodel.documents.labels import STAGES
from riskmodel.documents.statutory import LISTS, Digest
from riskmodel.register import households, situations
from riskmodel.register.situations import Told
from riskmodel.steps import law_files
from riskmodel.web import deadline_index as index
from riskmodel.web.deadline_index import Wanted
from riskmodel.web.routing import XLSX, Asked, PageUnknown, Routes

routes = Routes()
HOME = "/echeances"
CSV = "text/csv; charset=utf-8"


@routes.get(HOME, Action.DEADLINES_VIEW)
def digest(asked: Asked, bailleur: str = "", liste: str = "", unite: str = "", page: int = 1) -> Response:
    """The night's digest; or one list of it, page by page."""
    wanted = _wanted(asked, Action.DEADLINES_VIEW, bailleur, unite, liste if liste in LISTS else "", page)
    night = situations.night(asked.session, wanted.landlord_id)
    return asked.page(
        "deadlines/index.html",
        wanted=wanted,
        landlords=[(name, asked.pages.landlords[name].name) for name in index.landlord_ids(wanted.places)],
        as_of=night.as_of if night else None,
        blocks=index.blocks(asked.session, wanted, asked.today) if night else [],
        units=[(unit, unit) for unit in index.units(asked.session, wanted)] if night else [],
        lists=LISTS,
        shown=index.SHOWN,
        may_export=bool(places(asked.viewer, Action.DEADLINES_EXPORT)),
    )


@routes.get(HOME + "/echeances.xlsx", Action.DEADLINES_EXPORT)
def as_workbook(asked: Asked, bailleur: str = "", unite: str = "") -> Response:
    """Every list as a workbook, within the viewer's units."""
    told = _digest(asked, bailleur, unite)
    return asked.download(statutory.workbook(told), f"echeances-{told.landlord_id}-{told.as_of}.xlsx", XLSX)


@routes.get(HOME + "/echeances.csv", Action.DEADLINES_EXPORT)
def as_table(asked: Asked, bailleur: str = "", unite: str = "") -> Response:
    """Every list as one CSV."""
    told = _digest(asked, bailleur, unite)
    return asked.download(statutory.flat(told), f"echeances-{told.landlord_id}-{told.as_of}.csv", CSV)


@routes.get(HOME + "/signalements-caf-msa.csv", Action.DEADLINES_EXPORT)
def reports(asked: Asked, bailleur: str = "", unite: str = "") -> Response:
    """Arrears to report to the CAF or MSA, with what its services ask."""
    wanted = _wanted(asked, Action.DEADLINES_EXPORT, bailleur, unite)
    as_of, declared = _as_of(asked, wanted), settings.landlord(asked.settings, wanted.landlord_id)
    content = law_files.reports(declared, as_of, index.rows(asked.session, wanted))
    return asked.download(content, f"signalements-caf-msa-{wanted.landlord_id}-{as_of}.csv", CSV)


@routes.get(HOME + "/{landlord_id}/{lease_id}", Action.DEADLINES_VIEW)
def one_lease(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """One lease before the law, each date with how it was counted."""
    told = situations.of_lease(asked.session, landlord_id, lease_id)
    unit = households.unit_of(asked.session, landlord_id, lease_id)
    return asked.page(
        "deadlines/lease.html",
        landlord_id=landlord_id,
        lease_id=lease_id,
        unit=unit,
        told=told,
        constituted_on=_constituted_on(told),
        stages=STAGES,
        benefits=(BENEFIT_KINDS, PAID_TO, STATES),
        may_open=may(asked.viewer, Action.HOUSEHOLD_VIEW, Place(landlord_id, unit)),
    )


def _constituted_on(told: Told | None) -> date | None:
    on = told.situation.constitution["on"] if told else None
    return date.fromisoformat(on) if on else None


def _digest(asked: Asked, bailleur: str, unite: str) -> Digest:
    wanted = _wanted(asked, Action.DEADLINES_EXPORT, bailleur, unite)
    declared = settings.landlord(asked.settings, wanted.landlord_id)
    return law_files.digest(declared, _as_of(asked, wanted), index.rows(asked.session, wanted), asked.today)


def _wanted(asked: Asked, action: Action, bailleur: str, unite: str, liste: str = "", page: int = 1) -> Wanted:
    mine = places(asked.viewer, action)
    known = index.landlord_ids(mine)
    if bailleur and bailleur not in known:
        raise PageUnknown("Ce bailleur n’est pas de ceux que vous suivez. Rouvrez la page des échéances.")
    return Wanted(bailleur or known[0], mine, liste, unite, page)


def _as_of(asked: Asked, wanted: Wanted) -> date:
    night = situations.night(asked.session, wanted.landlord_id)
    if night is None:
        raise PageUnknown("Aucune nuit n’a encore lu ces échéances : elles paraissent après la première nuit complète.")
    return night.as_of
