"""The lists of one week that a viewer may open, with how far each review is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from riskmodel.access.policy import Action, Place, Viewer, places
from riskmodel.casework import measures
from riskmodel.casework.key import ListKey
from riskmodel.casework.measures import Figure
from riskmodel.register.models import WeeklyList
from riskmodel.web.listing import address

WEEKS = 26
"""Weeks that can be chosen: half a year back; older lists keep their address."""


@dataclass(frozen=True)
class Line:
    """One list of the week."""

    landlord_id: str
    figure: Figure
    href: str


def index_of(session: Session, viewer: Viewer, week: str) -> dict[str, Any]:
    """What the page of lists shows: weeks to choose from, the chosen one, and its lists in order of landlord and unit."""
    mine = places(viewer, Action.LIST_VIEW)
    weeks = _weeks(session, mine)
    chosen = week if week in weeks else weeks[0] if weeks else ""
    landlords = sorted({place.landlord_id for place in mine if place.landlord_id})
    lines = [line for landlord_id in landlords for line in _lines(session, landlord_id, chosen, mine)] if chosen else []
    return {"weeks": weeks, "week": chosen, "lines": lines, "several": len(landlords) > 1}


def _weeks(session: Session, mine: tuple[Place, ...]) -> list[str]:
    found = select(WeeklyList.week).where(or_(false(), *(_within(place) for place in mine))).distinct()
    return list(session.scalars(found.order_by(WeeklyList.week.desc()).limit(WEEKS)))


def _within(place: Place) -> ColumnElement[bool]:
    whole = WeeklyList.landlord_id == place.landlord_id
    return whole & (WeeklyList.management_unit == place.management_unit if place.management_unit else true())


def _lines(session: Session, landlord_id: str, week: str, mine: tuple[Place, ...]) -> list[Line]:
    units = {place.management_unit for place in mine if place.landlord_id == landlord_id}
    figures = measures.figures(session, landlord_id, [week])
    return [
        Line(landlord_id, figure, address(ListKey(landlord_id, week, figure.management_unit)))
        for figure in figures
        if None in units or figure.management_unit in units
    ]
