"""`riskmodel fit`: what may be fitted, and what a fit on a landlord's past would propose; nothing is kept and nothing serves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import isnan
from typing import Annotated

import pandas as pd
import typer
from rich.progress import Progress
from rich.table import Column, Table

from riskmodel import fit, outcomes, settings
from riskmodel.cli import app, console
from riskmodel.fit.catalogue import WAYS, candidates, entries
from riskmodel.outcomes import SCORES, Score
from riskmodel.score.french import day
from riskmodel.steps.source import source

commands = typer.Typer(no_args_is_help=True, help="Ajustement : ce qui peut l'être, et ce qu'il proposerait. Rien ne sert d'ici.")
app.add_typer(commands, name="fit")

SCORE_NAMES = typer.Argument(metavar="SCORE", help="`derive` ou `decrochage`.")
SPLITS = {"temps": "dates nouvelles", "temps_et_menage": "dates et ménages nouveaux"}
MODELS = {"points": "table de points", "hgb": "arbres boostés", "hgb_monotone": "arbres boostés, sens imposés"}


@commands.command(name="candidates")
def show(nom: Annotated[str, SCORE_NAMES]) -> None:
    """Affiche les entrées publiées d'un score et les tables candidates qu'on en tire."""
    score = _score(nom)
    grid = Table(_whole("Entrée"), "Bornes du métier", "Nombres ronds pour l'arbre", "Raison")
    for entry in entries(score):
        name = f"{entry.label}\n({entry.feature}{', acte du bailleur' if entry.is_action else ''})"
        grid.add_row(name, _figures(entry.cuts), _figures(entry.grid), entry.reason, end_section=True)
    console.print(grid, highlight=False)
    tables = Table(_whole("Candidate"), "Entrées", "Bornes", "Pénalité", "Peut être proposée")
    for candidate in candidates(score):
        way, allowed = WAYS[candidate.way], "oui" if candidate.is_eligible else "non"
        tables.add_row(candidate.name, str(len(candidate.entries)), way, _figure(candidate.penalty), allowed)
    console.print(tables, highlight=False)


@commands.command()
def propose(bailleur: str, nom: Annotated[str, SCORE_NAMES], days: Annotated[int, typer.Option("--days", min=6)] = 24) -> None:
    """Ajuste les candidates sur le passé d'un bailleur et montre ce que la règle choisirait, sans rien garder."""
    score, installed = _score(nom), settings.load()
    pinned, last_delivery = source(installed, bailleur)
    folder = installed.runs / bailleur / "histoire" / last_delivery.isoformat()
    with _bar("Jours passés") as told:
        panel = outcomes.panel(pinned, outcomes.sundays(last_delivery, days), last_delivery, folder, told)
    declared = settings.landlord(installed, bailleur)
    capacity = sum(declared.rows_a_week(unit) for unit in panel["management_unit"].dropna().unique())
    with _bar("Candidates") as told:
        made = fit.propose(panel, score, capacity, last_delivery.isoformat(), progress=told)
    if declared.is_synthetic:
        console.print("Données synthétiques.")
    for part in (_tried(made), _lost(made.regret), _shadow(made.challenger)):
        console.print(part, highlight=False)
    for sentence in made.notes:
        console.print(sentence, highlight=False, soft_wrap=True)


def _score(nom: str) -> Score:
    known = {str(score): score for score in SCORES}
    if nom not in known:
        raise typer.BadParameter(f"lu « {nom} », attendu l'un de : {', '.join(known)}")
    return known[nom]


def _tried(made: fit.Proposal) -> Table:
    grid = Table(_whole("Candidate"), "Précision moyenne", "Lignes", "Retenue")
    for candidate in made.content["candidates"]:
        kept = "oui" if candidate["is_proposed"] else "" if candidate["is_eligible"] else "mesurée seulement"
        grid.add_row(candidate["name"], _percent(candidate["precision"]), str(candidate["rows"]), kept)
    return grid


def _lost(regret: pd.DataFrame) -> Table:
    grid = Table("Date d'essai", "La règle aurait pris", "Précision", "La meilleure", "Regret")
    for row in regret.to_dict("records"):
        grid.add_row(day(row["as_of"]), row["picked"], *(_percent(row[name]) for name in ("precision", "best", "regret")))
    return grid


def _shadow(challenger: pd.DataFrame) -> Table:
    grid = Table("Essai sur", "Modèle", "Précision", "Précision moyenne", "Aire sous la courbe", "Écart de calibration")
    for row in challenger.to_dict("records"):
        figures = (row[name] for name in ("precision", "average_precision", "auc", "calibration_error"))
        grid.add_row(SPLITS[row["split"]], MODELS[row["model"]], *map(_percent, figures))
    return grid


def _percent(share: float) -> str:
    return "—" if isnan(share) else f"{100 * share:.1f} %".replace(".", ",")


def _figure(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _figures(values: tuple[float, ...]) -> str:
    return " · ".join(_figure(value) for value in values)


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _whole(heading: str) -> Column:
    """A column whose words a person copies: never cut, whatever the terminal's width."""
    return Column(heading, no_wrap=True)
