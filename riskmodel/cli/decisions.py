"""`riskmodel decisions`: what a person decided about a row of a weekly list."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.register.decisions import CODES
from riskmodel.steps import decisions as step

commands = typer.Typer(no_args_is_help=True, help="Décisions des équipes sur les lignes des listes figées.")
app.add_typer(commands, name="decisions")

Week = Annotated[str, typer.Option("--week", help="Semaine de la liste, par exemple 2026-S45.")]
Unit = Annotated[str, typer.Option("--unit", help="Unité de gestion.")]
Lease = Annotated[str, typer.Option("--lease", help="Identifiant du bail.")]
Code = Annotated[str, typer.Option("--code", help="Code de la décision : " + ", ".join(CODES) + ".")]
Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour de la décision, AAAA-MM-JJ.")]
By = Annotated[str, typer.Option("--by", help="Identifiant du compte qui décide ou annule, jamais un nom.")]


@commands.command()
def record(bailleur: str, week: Week, unit: Unit, lease: Lease, code: Code, on: Day, by: By) -> None:
    """Enregistre la décision prise sur une ligne."""
    is_new = step.record(settings.load(), bailleur, week, unit, lease, code, on.date(), by)
    console.print(f"Bail {lease}, {week} : {CODES[code]}{'' if is_new else ' (déjà enregistré)'}.", highlight=False)


@commands.command()
def undo(bailleur: str, week: Week, unit: Unit, lease: Lease, by: By) -> None:
    """Annule la décision prise sur une ligne ; elle reste dans l'historique, avec le compte qui l'annule."""
    is_gone = step.undo(settings.load(), bailleur, week, unit, lease, by, datetime.now(UTC))
    console.print(f"Bail {lease}, {week} : {'décision annulée' if is_gone else 'aucune décision à annuler'}.", highlight=False)
