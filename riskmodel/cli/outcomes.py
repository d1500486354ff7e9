"""`riskmodel outcomes`: what happened after each Sunday of a landlord's past."""

from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.french import counted, day, integer
from riskmodel.steps import outcomes as step

commands = typer.Typer(no_args_is_help=True, help="Suites : ce qui est arrivé après chaque dimanche du passé.")
app.add_typer(commands, name="outcomes")

TITLES = {"derive": "Dérive d'impayé", "decrochage": "Décrochage"}
FRENCH = {
    "events": "Événement",
    "non_events": "Suivi jusqu'au bout, sans événement",
    "left_clear": "Parti sans dette",
    "left_owing": "Parti en devant",
    "moved": "Muté vers un autre logement",
    "died": "Décédé",
    "objection": "Opposé au profilage",
    "plan": "Plan signé",
    "frozen": "Surendettement recevable",
    "history_ends": "Histoire trop courte",
}

Days = Annotated[int, typer.Option("--days", min=1, help="Nombre de dimanches, un toutes les quatre semaines.")]


@commands.command()
def measure(bailleur: str, days: Days = 24) -> None:
    """Mesure les suites de chaque dimanche et compte les événements."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Dimanches", total=days)
        past = step.measure(
            settings.load(), bailleur, days, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    console.print(
        f"{bailleur} : {counted(len(past.days), 'dimanche', 'dimanches')} du {day(past.days[0])} au {day(past.days[-1])}, "
        f"{counted(past.rows, 'ligne', 'lignes')}.",
        highlight=False,
    )
    for score, counts in past.counts.items():
        console.print(_grid(TITLES[score], counts), highlight=False)
    console.print(f"Écrit : {past.folder}", soft_wrap=True, markup=False, highlight=False)


def _grid(title: str, counts: dict[int, dict[str, int]]) -> Table:
    grid = Table("", *(f"{horizon} jours" for horizon in counts), title=title)
    for code, label in FRENCH.items():
        grid.add_row(label, *(integer(found[code]) for found in counts.values()))
    return grid
