"""Agences and Capacités: the units that follow households, their names, how many rows they review a week and what that took."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import Response
from sqlalchemy import func, select

from riskmodel.access.policy import Action
from riskmodel.casework import capacity, measures
from riskmodel.casework.capacity import Capacity
from riskmodel.casework.key import week_of, weeks_before
from riskmodel.errors import DecisionRefused
from riskmodel.register import households, organisations
from riskmodel.register.models import Household, Organisation
from riskmodel.web import admin
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
AGENCIES, CAPACITIES = "/admin/agences", "/admin/capacites"
WEEKS = 8
"""Past weeks whose reviews are shown beside the capacities."""
LONGEST_NAME = 80


@dataclass(frozen=True)
class UnitCapacity:
    """What counts for a unit today: set by a person, else declared in the landlord's file (no minutes, no day)."""

    unit: str
    name: str
    rows_a_week: int
    in_force: Capacity | None
    to_come: Capacity | None


@routes.get(AGENCIES, Action.AGENCIES)
def agencies(asked: Asked, bailleur: str = "") -> Response:
    """Every unit that follows a household, with its name and how many leases it follows."""
    about = admin.chosen(asked, Action.AGENCIES, bailleur)
    landlord_id = about["landlord_id"]
    counted = select(Household.management_unit, func.count()).where(Household.landlord_id == landlord_id)
    leases = dict(asked.session.execute(counted.group_by(Household.management_unit)).all())
    kept = select(Organisation).filter_by(kind="agency", landlord_id=landlord_id)
    known = {row.code: row for row in asked.session.scalars(kept)}
    units = sorted(set(leases) | set(known))
    return admin.page(asked, "agencies.html", units=units, leases=leases, known=known, **about)


@routes.post(AGENCIES + "/{landlord_id}/{unit}", Action.AGENCIES)
def name_agency(asked: Asked, landlord_id: str, unit: str) -> Response:
    """Name a unit as people call it, close it or open it again."""
    name = asked.form.get("name", "").strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise DecisionRefused(f"Le nom d’une agence compte de 1 à {LONGEST_NAME} caractères.")
    if unit not in households.units(asked.session, landlord_id):
        raise PageUnknown(f"Aucun bail n’est suivi par l’unité {unit}.")
    organisations.declare(asked.session, "agency", landlord_id, unit, name, is_active=asked.form.get("is_active") == "1")
    return asked.go(f"{AGENCIES}?bailleur={landlord_id}", f"Unité {unit} : {name}.")


@routes.get(CAPACITIES, Action.CAPACITY)
def capacities(asked: Asked, bailleur: str = "") -> Response:
    """Capacity of each unit with its history, and what the reviews of the last weeks took."""
    about = admin.chosen(asked, Action.CAPACITY, bailleur)
    landlord_id = about["landlord_id"]
    history = capacity.history(asked.session, landlord_id)
    weeks = [week_of(asked.today), *weeks_before(week_of(asked.today), WEEKS - 1)]
    return admin.page(
        asked,
        "capacities.html",
        lines=_capacities(asked, landlord_id, history),
        history=history,
        figures=measures.figures(asked.session, landlord_id, weeks),
        next_monday=_next_monday(asked.today),
        limits={"rows": capacity.MOST_ROWS, "minutes": capacity.MOST_MINUTES},
        **about,
    )


@routes.post(CAPACITIES + "/{landlord_id}/{unit}", Action.CAPACITY)
def set_capacity(asked: Asked, landlord_id: str, unit: str) -> Response:
    """Set a unit's capacity from a day to come."""
    if unit not in households.units(asked.session, landlord_id):
        raise PageUnknown(f"Aucun bail n’est suivi par l’unité {unit}.")
    made = capacity.set(asked.session, landlord_id, unit, by=asked.viewer.account, today=asked.today, **_typed(asked))
    said = (
        f"Unité {unit} : {made.rows_a_week} lignes par semaine, {made.reviewer_minutes} minutes, dès le {made.from_on:%d/%m/%Y}."
    )
    return asked.go(f"{CAPACITIES}?bailleur={landlord_id}", said)


def _typed(asked: Asked) -> dict[str, Any]:
    """What the form holds, as numbers and a day; raises DecisionRefused for anything else."""
    form = asked.form
    try:
        numbers = {name: int(form.get(name, "")) for name in ("rows_a_week", "reviewer_minutes")}
        return {**numbers, "from_on": date.fromisoformat(form.get("from_on", ""))}
    except ValueError as fault:
        raise DecisionRefused(
            "La capacité se donne en nombres entiers (lignes par semaine, minutes), à partir d’un jour (AAAA-MM-JJ)."
        ) from fault


def _capacities(asked: Asked, landlord_id: str, history: list[Capacity]) -> list[UnitCapacity]:
    names = organisations.names(asked.session, landlord_id, "agency")
    declared = asked.pages.landlords[landlord_id]
    lines = []
    for unit in households.units(asked.session, landlord_id):
        mine = [kept for kept in history if kept.management_unit == unit]
        now = next((kept for kept in mine if kept.from_on <= asked.today), None)
        to_come = next((kept for kept in reversed(mine) if kept.from_on > asked.today), None)
        rows = now.rows_a_week if now else declared.rows_a_week(unit)
        lines.append(UnitCapacity(unit, names.get(unit, ""), rows, now, to_come))
    return lines


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
