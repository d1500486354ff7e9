"""Tables de points: those proposed, in force and withdrawn; replayed side by side, then approved by a person or not."""

from typing import Any

from fastapi import Response
from sqlalchemy import select

from riskmodel.access.policy import Action, Place, may
from riskmodel.errors import DecisionRefused, TableFileError
from riskmodel.register import tables
from riskmodel.register.models import PointsTableRow
from riskmodel.steps import approved, replay_page, table_sides
from riskmodel.steps import tables as judging
from riskmodel.web import admin
from riskmodel.web.account import has_password, proves_again
from riskmodel.web.routing import Asked, PageUnknown, Routes
from riskmodel.weekly.frozen import TABS

routes = Routes()
TABLES = "/admin/grilles"
TABLE = TABLES + "/{landlord_id}/{version}"


@routes.get(TABLES, Action.TABLES_VIEW)
def all_tables(asked: Asked, bailleur: str = "") -> Response:
    """What serves each score today, and every table ever proposed."""
    about = admin.chosen(asked, Action.TABLES_VIEW, bailleur)
    serving = approved.kept_on(asked.session, about["landlord_id"], asked.today)
    rows = asked.session.scalars(
        select(PointsTableRow)
        .filter_by(landlord_id=about["landlord_id"])
        .order_by(PointsTableRow.proposed_on.desc(), PointsTableRow.name, PointsTableRow.id.desc())
    )
    return admin.page(
        asked,
        "tables.html",
        serving=serving,
        rows=list(rows),
        TABS=TABS,
        statuses=judging.STATUSES,
        waiting=tables.PROPOSED,
        **about,
    )


@routes.get(TABLE, Action.TABLES_VIEW)
def one_table(asked: Asked, landlord_id: str, version: str) -> Response:
    """One table: its text, its replay beside the one in force, and the approval."""
    return _page(asked, landlord_id, version)


@routes.post(TABLE + "/approuver", Action.TABLES_APPROVE)
def approve(asked: Asked, landlord_id: str, version: str) -> Response:
    """Put a replayed table in force from today: with a sentence, and one's own password once more."""
    note = asked.form.get("note", "").strip()
    fault = _unfit(note) or proves_again(asked)
    asked.session.commit()  # the step writes through a connection of its own, and would wait for this one
    if fault:
        return _page(asked, landlord_id, version, 422, fault=fault, note=note)
    try:
        former = judging.approve(asked.settings, landlord_id, version, asked.viewer.account, note, asked.today)
    except (TableFileError, DecisionRefused) as refused:
        return _page(asked, landlord_id, version, 409, fault=str(refused), note=note)
    replaced = f"la table {former}" if former else "la table posée à la main"
    return asked.go(f"{TABLES}/{landlord_id}/{version}", f"{version} : en place dès aujourd’hui, à la place de {replaced}.")


@routes.post(TABLE + "/retirer", Action.TABLES_APPROVE)
def withdraw(asked: Asked, landlord_id: str, version: str) -> Response:
    """Take a table out of force, or a proposal out of those that wait: one's own password once more."""
    fault = proves_again(asked)
    asked.session.commit()
    if fault:
        return _page(asked, landlord_id, version, 422, fault=fault)
    try:
        judging.withdraw(asked.settings, landlord_id, version, asked.viewer.account, asked.today)
    except (TableFileError, DecisionRefused) as refused:
        return _page(asked, landlord_id, version, 409, fault=str(refused))
    return asked.go(f"{TABLES}/{landlord_id}/{version}", f"{version} : retirée. Elle ne sert plus à aucune liste à venir.")


def _unfit(note: str) -> str | None:
    if len(note) in judging.NOTE and "\n" not in note:
        return None
    return f"Dites pourquoi en une phrase de {judging.NOTE[0]} à {judging.NOTE[-1]} caractères ; la vôtre en compte {len(note)}."


def _page(asked: Asked, landlord_id: str, version: str, status: int = 200, *, fault: str = "", note: str = "") -> Response:
    name, _, own = version.partition("-")
    row = asked.session.scalar(select(PointsTableRow).filter_by(landlord_id=landlord_id, name=name, version=own))
    if row is None:
        raise PageUnknown(f"{version} : aucune table de ce nom au registre.")
    return admin.page(
        asked,
        "table.html",
        status,
        row=row,
        replay=_replay(row),
        beside=table_sides.beside(asked.session, landlord_id, name, own, asked.today),
        has_password=has_password(asked),
        may_judge=may(asked.viewer, Action.TABLES_APPROVE, Place(landlord_id)),
        statuses=judging.STATUSES,
        longest=judging.NOTE[-1],
        fault=fault,
        note=note,
    )


def _replay(row: PointsTableRow) -> dict[str, Any] | None:
    """What the table would have changed over the past year, beside the one in force: sentences, headers, a row a Sunday."""
    if row.replay is None:
        return None
    *days, total = replay_page.rows(row.replay)
    return {"told": replay_page.sentences(row.replay), "headers": replay_page.HEADERS, "days": days, "total": total}
