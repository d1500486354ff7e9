"""`riskmodel indicators`: arrears, procedures and prevention, unit by unit and month by month, as packs."""

from datetime import datetime
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.coordination.indicators.words import MONTH, YEAR
from riskmodel.steps import indicators as step

commands = typer.Typer(no_args_is_help=True, help="Indicateurs d'impayé et de prévention, en HTML, PDF et classeur.")
app.add_typer(commands, name="indicators")

On = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour où l'on se place, AAAA-MM-JJ.")]


@commands.command()
def mois(bailleur: str, on: On) -> None:
    """Écrit les indicateurs du dernier mois fini ce jour-là, et des douze derniers."""
    _write(MONTH, bailleur, on)


@commands.command()
def annee(bailleur: str, on: On) -> None:
    """Écrit les indicateurs de la dernière année civile finie ce jour-là, à côté des repères publiés."""
    _write(YEAR, bailleur, on)


def _write(kind: str, bailleur: str, on: datetime) -> None:
    for path in step.write(settings.load(), bailleur, kind, on.date()):
        console.print(str(path), markup=False, highlight=False, soft_wrap=True)
