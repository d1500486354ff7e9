"""`riskmodel coordination`: the packs of the meetings that bring landlord and partners together."""

from datetime import datetime
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.coordination import kinds
from riskmodel.steps import coordination as step

commands = typer.Typer(
    no_args_is_help=True, help="Dossiers de coordination : ordre du jour et chiffres, en HTML, PDF et classeur."
)
app.add_typer(commands, name="coordination")

On = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour de la réunion, AAAA-MM-JJ.")]


@commands.command()
def cellule(bailleur: str, on: On) -> None:
    """Écrit le dossier de la cellule de coordination : les situations, partenaire par partenaire."""
    _write(kinds.CELL, bailleur, on)


@commands.command()
def trimestre(bailleur: str, on: On) -> None:
    """Écrit le dossier de la réunion trimestrielle : le trimestre qui finit ce jour-là."""
    _write(kinds.QUARTER, bailleur, on)


@commands.command()
def comite(bailleur: str, on: On) -> None:
    """Écrit le dossier du comité de pilotage : les situations à décider, les places, les entrées."""
    _write(kinds.COMMITTEE, bailleur, on)


@commands.command()
def mois(bailleur: str, on: On) -> None:
    """Écrit le tableau de bord du mois de ce jour, unité de gestion par unité de gestion."""
    _write(kinds.MONTH, bailleur, on)


@commands.command()
def annee(bailleur: str, on: On) -> None:
    """Écrit l'évaluation de la dernière année finie ce jour-là, à remettre avant le 31 mars."""
    _write(kinds.YEAR, bailleur, on)


def _write(kind: str, bailleur: str, on: datetime) -> None:
    for path in step.write(settings.load(), bailleur, kind, on.date()):
        console.print(str(path), markup=False, highlight=False, soft_wrap=True)
