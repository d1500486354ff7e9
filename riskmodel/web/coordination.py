"""Coordination: the packs of the meetings that schemes declare, made from the register when somebody takes one away."""

from dataclasses import dataclass
from datetime import date

from fastapi import Response

from riskmodel.access.policy import Action, Place, may, places
from riskmodel.coordination import kinds
from riskmodel.coordination.kinds import KINDS, MONTH, Kind, Span
from riskmodel.errors import NothingKnown
from riskmodel.schemes import Scheme
from riskmodel.steps import coordination as step
from riskmodel.steps.orienting import schemes_of
from riskmodel.web.routing import XLSX, Asked, PageUnknown, Routes

routes = Routes()
HOME = "/coordination"
MEDIA = {
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True)
class Offered:
    """One kind of pack that may be taken away: the days it would look at, the schemes that hold it."""

    kind: Kind
    span: Span
    schemes: tuple[str, ...]


@routes.get(HOME, Action.COORDINATION_VIEW)
def packs(asked: Asked, bailleur: str = "", jour: str = "") -> Response:
    """What may be taken away for a day: every pack of the landlord, or the dashboards of the viewer's units."""
    mine = places(asked.viewer, Action.COORDINATION_VIEW)
    landlords = sorted({place.landlord_id for place in mine if place.landlord_id})
    landlord_id = bailleur or landlords[0]
    if landlord_id not in landlords:
        raise PageUnknown(f"{bailleur} : ce bailleur n’est pas de ceux que vous suivez ({', '.join(landlords)}).")
    is_whole = may(asked.viewer, Action.COORDINATION_VIEW, Place(landlord_id))
    on = _day(jour) or asked.today
    offered = _offered(schemes_of(asked.settings, landlord_id), on)
    return asked.page(
        "coordination/packs.html",
        landlords=landlords,
        landlord_id=landlord_id,
        on=on,
        is_wrong_day=bool(jour) and _day(jour) is None,
        offered=offered if is_whole else (),
        units=() if is_whole else sorted(p.management_unit for p in mine if p.landlord_id == landlord_id and p.management_unit),
        forms=tuple(step.FORMS),
    )


@routes.get(HOME + "/{landlord_id}/{kind}/{day}/dossier.{form}", Action.COORDINATION_VIEW)
def one_pack(asked: Asked, landlord_id: str, kind: str, day: date, form: str) -> Response:
    """A pack of the whole landlord."""
    return _download(asked, landlord_id, kind, day, form)


@routes.get(HOME + "/{landlord_id}/unites/{unit}/{day}/dossier.{form}", Action.COORDINATION_VIEW)
def one_unit(asked: Asked, landlord_id: str, unit: str, day: date, form: str) -> Response:
    """The monthly dashboard of one management unit, for its own correspondent."""
    return _download(asked, landlord_id, MONTH, day, form, unit)


def _download(asked: Asked, landlord_id: str, kind: str, on: date, form: str, unit: str | None = None) -> Response:
    if kind not in KINDS or form not in step.FORMS:
        raise PageUnknown(f"Dossiers : {', '.join(KINDS)} ; formats : {', '.join(step.FORMS)}.")
    found = step.made(asked.session, asked.settings, landlord_id, kind, on, unit)
    return asked.download(step.FORMS[form](found), f"{step.name(kind, on)}.{form}", MEDIA[form])


def _offered(schemes: dict[str, Scheme], on: date) -> tuple[Offered, ...]:
    """Kinds whose meeting some scheme holds."""
    found = []
    for kind in KINDS.values():
        try:
            held = kinds.meetings(kind.code, schemes.values())
        except NothingKnown:
            continue
        names = tuple(dict.fromkeys(scheme.name for scheme, _ in held))
        found.append(Offered(kind, kinds.span(kind.code, [meeting for _, meeting in held], on), names))
    return tuple(found)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
