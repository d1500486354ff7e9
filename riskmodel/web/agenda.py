"""What needs somebody today, gathered for the home page: lists, urgencies, silences, cases, nights that stopped, tables to judge.

Nothing here shows or sorts by a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.access.policy import Action, Place, Viewer, places
from riskmodel.casework import cases, measures
from riskmodel.casework.key import ListKey, monday_of
from riskmodel.ccapex import opinions, sessions
from riskmodel.ccapex.opinions import OpinionView
from riskmodel.ccapex.sessions import SessionView
from riskmodel.documents.statutory import URGENT
from riskmodel.register import situations, tables
from riskmodel.register.models import Correction, PointsTableRow, Run
from riskmodel.steps.coverage import ENDED_WELL
from riskmodel.web import deadline_index
from riskmodel.web.deadline_index import Block, Wanted
from riskmodel.web.list_index import Line, index_of
from riskmodel.web.listing import address

SHOWN = 12
"""Rows of each block: the rest is one link away."""


@dataclass(frozen=True)
class Silent:
    """A row shown for weeks without a decision."""

    row: measures.Escalated
    href: str


def gather(session: Session, viewer: Viewer, today: date) -> dict[str, Any]:
    """Every block that the viewer's roles give them; a block that is not theirs is None."""
    lists = index_of(session, viewer, "") if places(viewer, Action.LIST_VIEW) else None
    week = lists["week"] if lists else ""
    return {
        "lists": lists,
        "monday": monday_of(week) if week else None,
        "states": _states(lists["lines"]) if lists else {},
        "urgent": _urgent(session, places(viewer, Action.DEADLINES_VIEW), today),
        "silent": _silent(session, places(viewer, Action.LIST_DECIDE), week) if week else None,
        "cases": _cases(session, viewer, today),
        "corrections": _corrections(session, _whole(viewer, Action.RIGHT_SETTLE)),
        "sittings": _sittings(session, _whole(viewer, Action.CCAPEX_PREPARE), today),
        "stopped": _stopped(session, _whole(viewer, Action.RUNS)),
        "proposed": _proposed(session, _whole(viewer, Action.TABLES_APPROVE)),
    }


def _whole(viewer: Viewer, action: Action) -> set[str]:
    """Landlords in the whole of which the viewer may do this: what is told about all of a landlord is not for one unit."""
    return {place.landlord_id for place in places(viewer, action) if place.landlord_id and place == Place(place.landlord_id)}


def _sittings(session: Session, mine: set[str], today: date) -> tuple[list[SessionView], list[OpinionView]] | None:
    """Sessions of the commission that are neither over nor cancelled, and opinions whose day has passed without a follow-up."""
    if not mine:
        return None
    waiting = [one for one in sessions.of_landlords(session, mine, today) if not (one.is_over or one.is_cancelled)]
    return waiting, [one for one in opinions.following(session, mine, today) if one.is_late]


def _states(lines: Sequence[Line]) -> dict[str, int]:
    """How many lists are approved, begun, not begun."""
    approved = sum(line.figure.approved_at is not None for line in lines)
    begun = sum(line.figure.opened_at is not None for line in lines) - approved
    return {"approved": approved, "begun": begun, "waiting": len(lines) - approved - begun}


def _urgent(session: Session, mine: tuple[Place, ...], today: date) -> list[tuple[str, Block]] | None:
    """Rights at stake, landlord by landlord, in the order of the law; a landlord whose leases no night has read yet has none."""
    if not mine:
        return None
    landlords = deadline_index.landlord_ids(mine)
    read = [name for name in landlords if situations.night(session, name)]
    return [(name, deadline_index.block(session, Wanted(name, mine), URGENT, today, SHOWN)) for name in read]


def _silent(session: Session, mine: Sequence[Place], week: str) -> list[Silent] | None:
    if not mine:
        return None
    return [
        Silent(row, _household(landlord_id, week, row.management_unit, row.lease_id))
        for landlord_id in sorted({place.landlord_id for place in mine if place.landlord_id})
        for row in measures.escalated(session, landlord_id, week)
        if any(place.landlord_id == landlord_id and place.management_unit in (None, row.management_unit) for place in mine)
    ]


def _cases(session: Session, viewer: Viewer, today: date) -> list[cases.CaseView] | None:
    mine = places(viewer, Action.CASE_CLOSE)
    return cases.open_cases(session, mine, today) if mine else None


def _corrections(session: Session, mine: set[str]) -> dict[str, int] | None:
    """Facts that households dispute and nobody settled, by landlord."""
    if not mine:
        return None
    ours = Correction.landlord_id.in_(mine)
    waiting = select(Correction.landlord_id, func.count()).where(ours, Correction.settled_on.is_(None))
    return dict(session.execute(waiting.group_by(Correction.landlord_id)).all())


def _stopped(session: Session, mine: set[str]) -> list[Run] | None:
    """Steps of each landlord's newest day that did not end well."""
    if not mine:
        return None
    newest = select(Run.landlord_id, func.max(Run.as_of).label("day")).group_by(Run.landlord_id).subquery()
    ours = Run.landlord_id.in_(mine) & Run.status.not_in(ENDED_WELL)
    last = select(Run).join(newest, (newest.c.landlord_id == Run.landlord_id) & (newest.c.day == Run.as_of))
    return list(session.scalars(last.where(ours).order_by(Run.landlord_id, Run.id)))


def _proposed(session: Session, mine: set[str]) -> list[PointsTableRow] | None:
    """Points tables that wait for somebody's judgement."""
    if not mine:
        return None
    ours = PointsTableRow.landlord_id.in_(mine)
    waiting = select(PointsTableRow).where(ours, PointsTableRow.status == tables.PROPOSED)
    return list(session.scalars(waiting.order_by(PointsTableRow.proposed_on.desc(), PointsTableRow.id)))


def _household(landlord_id: str, week: str, unit: str, lease_id: str) -> str:
    return f"{address(ListKey(landlord_id, week, unit))}/{lease_id}"
