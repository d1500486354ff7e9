"""`riskmodel retention`: what has had its time is said, removed, proven."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.french import day, integer
from riskmodel.errors import RunIncomplete
from riskmodel.people.days import PARIS
from riskmodel.people.retention import EVERYBODY, Due, rules
from riskmodel.steps import retention as step

commands = typer.Typer(no_args_is_help=True, help="Durées de conservation : ce qui part, et la preuve.")
app.add_typer(commands, name="retention")

Landlord = Annotated[str | None, typer.Argument(metavar="BAILLEUR", help="Sans lui : sessions, invitations, journal des accès.")]


@commands.command()
def plan(bailleur: Landlord = None) -> None:
    """Dit ce qui partirait aujourd'hui et ce qui attend ; n'enlève rien."""
    now = datetime.now(UTC)
    due = step.plan(settings.load(), bailleur, now) if bailleur else step.plan_shared(settings.load(), now)
    _print(due, "À enlever")


@commands.command()
def run(bailleur: Landlord = None) -> None:
    """Enlève ce qui a fait son temps, avec sa preuve. Relancée, elle achève ce qui était commencé."""
    now = datetime.now(UTC)
    done = step.run(settings.load(), bailleur, now) if bailleur else step.run_shared(settings.load(), now)
    _print(done, "Enlevé")


@commands.command()
def proof(bailleur: Landlord = None) -> None:
    """Montre chaque suppression et vérifie que la preuve n'a pas été changée."""
    lines, broken = step.proven(settings.load(), bailleur or EVERYBODY)
    table = _table("Quand", "Règle", "Où", "Antérieur au", "Combien", "Empreinte")
    for line in lines:
        when = f"{line.removed_at.astimezone(PARIS):%d/%m/%Y %H:%M}"
        table.add_row(when, line.rule, line.store, day(line.before_on), integer(line.removed), line.digest[:12])
    console.print(table if lines else "Aucune suppression : rien n'a encore fait son temps, ou rien n'a été lancé.")
    if broken:
        raise RunIncomplete(f"La preuve ne tient pas à la ligne {broken.removal_id} : {broken.why}.")


def _table(*names: str) -> Table:
    """Nothing that people copy is cut."""
    table = Table(box=SIMPLE, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _print(due: Iterable[Due], title: str) -> None:
    table = _table("Règle", "Où", "Antérieur au", title, "En attente", "Durée")
    for one in due:
        rule = rules()[one.rule]
        table.add_row(rule.code, one.store, day(one.before_on), integer(one.removed), integer(one.suspended), rule.length)
    console.print(table)
