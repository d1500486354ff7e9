"""Indicators: the packs that were written, and the newest figures of the units that the viewer follows."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Response

from riskmodel.access.policy import Action, Place, may, places
from riskmodel.coordination.indicators.figures import share
from riskmodel.coordination.indicators.words import KINDS, MONTH
from riskmodel.documents.french import decimal
from riskmodel.explain.months import spoken
from riskmodel.steps import indicators as step
from riskmodel.steps.coordination import FORMS
from riskmodel.web.coordination import MEDIA
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
HOME = "/indicateurs"
TOTAL = "Ensemble"
LATE = {"owing": "En impayé", "three_months": "3 mois et plus", "twelve_months": "12 mois et plus"}
DONE = {
    "payment_orders": "Commandements de payer",
    "summonses": "Assignations",
    "flagged": "Signalés sur une liste",
    "helped": "Avec une aide décidée",
}
COUNTS = ("households", *LATE, "frozen", *DONE)


@dataclass(frozen=True)
class Line:
    """One unit: its counts by name, and for those of late households how many that makes out of a hundred."""

    name: str
    counts: dict[str, int]
    shares: dict[str, str]


@routes.get(HOME, Action.COORDINATION_VIEW)
def index(asked: Asked, bailleur: str = "", jour: str = "") -> Response:
    """The figures of a day's packs, unit by unit, and the packs to take away for whoever follows the whole landlord."""
    mine = places(asked.viewer, Action.COORDINATION_VIEW)
    landlords = sorted({place.landlord_id for place in mine if place.landlord_id})
    landlord_id = bailleur or landlords[0]
    if landlord_id not in landlords:
        raise PageUnknown(f"{bailleur} : ce bailleur n’est pas de ceux que vous suivez ({', '.join(landlords)}).")
    is_whole = may(asked.viewer, Action.COORDINATION_VIEW, Place(landlord_id))
    packs = step.written(asked.settings, landlord_id)
    on = _chosen(packs, jour)
    told = _told(asked, landlord_id, packs[on], on) if on else None
    units = None if is_whole else {place.management_unit for place in mine if place.landlord_id == landlord_id}
    return asked.page(
        "indicators/index.html",
        landlords=landlords,
        landlord_id=landlord_id,
        days=list(packs),
        on=on,
        month=spoken(told["month"]) if told else "",
        last=date.fromisoformat(told["last"]) if told else None,
        lines=_lines(told["units"], units) if told else [],
        late=LATE.items(),
        done=DONE.items(),
        packs=[(kind, said) for kind, said in KINDS.items() if on and kind in packs[on]] if is_whole else [],
        forms=tuple(FORMS),
    )


@routes.get(HOME + "/{landlord_id}/{day}/{kind}.{form}", Action.COORDINATION_VIEW)
def one_pack(asked: Asked, landlord_id: str, day: date, kind: str, form: str) -> Response:
    """A pack of the whole landlord, as it was written."""
    content = step.read(asked.settings, landlord_id, kind, day, form) if kind in KINDS and form in FORMS else None
    if content is None:
        raise PageUnknown(f"Aucun dossier de ce nom ce jour-là : {', '.join(KINDS)} ; formats : {', '.join(FORMS)}.")
    return asked.download(content, f"indicateurs-{kind}-{day.isoformat()}.{form}", MEDIA[form])


def _chosen(packs: dict[date, tuple[str, ...]], said: str) -> date | None:
    """The day asked for when packs were written on it, the newest one otherwise."""
    return next((day for day in packs if day.isoformat() == said), next(iter(packs), None))


def _told(asked: Asked, landlord_id: str, kinds: tuple[str, ...], on: date) -> dict[str, Any] | None:
    content = step.read(asked.settings, landlord_id, MONTH if MONTH in kinds else kinds[0], on, "json")
    return json.loads(content) if content else None


def _lines(told: list[dict[str, Any]], units: set[str | None] | None) -> list[Line]:
    """Lines of these units, with their sum; of every unit when none is named."""
    kept = [one for one in told if units is None or one["unit"] in units]
    found = [_line(one["name"], {name: one[name] for name in COUNTS}) for one in kept]
    total = {name: sum(line.counts[name] for line in found) for name in COUNTS}
    return [*found, _line(TOTAL, total)] if len(found) > 1 else found


def _line(name: str, counts: dict[str, int]) -> Line:
    shares = {late: share(counts[late], counts["households"]) for late in LATE}
    return Line(name, counts, {late: "" if part is None else decimal(part, 1) for late, part in shares.items()})
