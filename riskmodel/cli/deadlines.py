"""`riskmodel deadlines`: what the law says of a landlord's leases on a night, or of one lease on any day."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.labels import STAGES
from riskmodel.law.findings import TO_CONFIRM
from riskmodel.law.lists import STATUTORY
from riskmodel.law.wording import day, euros, explained
from riskmodel.steps import law, night

commands = typer.Typer(no_args_is_help=True, help="Échéances de la loi : situations, listes légales, dates comptées.")
app.add_typer(commands, name="deadlines")

Day = Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Jour de la question, AAAA-MM-JJ.")]


@commands.command()
def build(bailleur: str, as_of: Day) -> None:
    """Lit le droit sur les baux d'une nuit, fige les listes légales et écrit leurs fichiers (après « features build »)."""
    counts = night.read_deadlines(settings.load(), bailleur, as_of.date())
    console.print(f"{bailleur} : {counts['situations']} baux lus, {counts['urgent']} droits en jeu.", highlight=False)
    for code, label in STATUTORY.items():
        console.print(f"{label} : {counts[code]}", highlight=False)


@commands.command()
def show(bailleur: str, bail: str, as_of: Day) -> None:
    """Affiche un bail devant la loi : dette, impayé constitué, droits en jeu, et chaque date avec son calcul."""
    _, one = law.of_lease(settings.load(), bailleur, as_of.date(), bail)
    step = STAGES[one.stage] or "aucune étape"
    console.print(f"[bold]Bail {bail} au {day(one.as_of)}[/] : dette exigible {euros(one.legal_cents)}, {step}.", highlight=False)
    console.print(f"Impayé constitué : {'oui' if one.constitution.is_met else 'non'}. {one.constitution.text}", highlight=False)
    for right in one.rights:
        console.print(f"Droit en jeu : {right.label}. {right.text}", highlight=False)
    dates = Table("Date", "Calcul")
    for deadline in one.deadlines:
        dates.add_row(day(deadline.on) if deadline.on else TO_CONFIRM, explained(deadline))
    console.print(dates)
