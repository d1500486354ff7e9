"""`riskmodel score`: points of a night, and the published tables as a person reads them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from riskmodel import REPOSITORY, settings
from riskmodel.cli import app, console
from riskmodel.score import HORIZONS, PublishedTable, load, published
from riskmodel.score.page import bound, likelihoods, markdown, readable
from riskmodel.steps.score import score

commands = typer.Typer(no_args_is_help=True, help="Scores : des points publiés, qui s'additionnent.")
app.add_typer(commands, name="score")

Day = Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Jour de la question, AAAA-MM-JJ.")]


@commands.command()
def run(bailleur: str, as_of: Day) -> None:
    """Applique les tables de points aux traits d'une nuit."""
    counts = score(settings.load(), bailleur, as_of.date())
    console.print(f"{bailleur} : {counts['scored']} ménages scorés sur {counts['leases']}, {counts['tables']} tables.")


@commands.command()
def table(nom: str) -> None:
    """Affiche une table : derive, decrochage ou le chemin d'un fichier de table."""
    shown = load(Path(nom)) if nom.endswith(".toml") else published(nom)
    console.print(f"[bold]{shown.title}[/], version {shown.version}, empreinte {shown.digest[:12]}", highlight=False)
    for line in (shown.outcome, shown.cohort, shown.approval):
        console.print(line, highlight=False)
    console.print(_grid(shown), highlight=False)
    console.print(f"Total possible : {shown.total}. Listé à partir de {shown.minimum} points, dans la limite de la capacité.")
    if shown.links:
        console.print(_likelihoods(shown), highlight=False)


@commands.command()
def page() -> None:
    """Réécrit docs/points.md à partir des tables publiées."""
    target = REPOSITORY / "docs" / "points.md"
    target.write_text(markdown(), encoding="utf-8")
    console.print(f"{target} réécrit.", markup=False, highlight=False)


def _grid(shown: PublishedTable) -> Table:
    grid = Table("Entrée", "À partir de", "Points", "Texte")
    for entry in shown.inputs:
        for rank, row in enumerate(entry.rows):
            grid.add_row("" if rank else entry.label, bound(row), str(row.points), readable(row.text))
        grid.add_row("", "inconnu", str(entry.unknown.points), entry.unknown.text, end_section=True)
    return grid


def _likelihoods(shown: PublishedTable) -> Table:
    grid = Table("Score", *(f"À {horizon} jours" for horizon in HORIZONS), title="Probabilité de l'issue")
    for line in likelihoods(shown):
        grid.add_row(*line)
    return grid
