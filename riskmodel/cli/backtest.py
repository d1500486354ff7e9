"""`riskmodel backtest`: what the scores would have been worth on past Sundays, beside the rules a team would use instead."""

from collections.abc import Callable
from math import isnan
from typing import Annotated, Any

import pandas as pd
import typer
from rich.progress import Progress
from rich.table import Table

from riskmodel import settings
from riskmodel.backtest import calibration
from riskmodel.backtest.labels import SCORES, label, percent
from riskmodel.cli import app, console
from riskmodel.documents.french import day, decimal
from riskmodel.steps.backtest import Measured
from riskmodel.steps.backtest import run as measure
from riskmodel.steps.backtest_report import write_report

commands = typer.Typer(no_args_is_help=True, help="Épreuve du passé : scores, règles simples et arbres sur les mêmes dimanches.")
app.add_typer(commands, name="backtest")

UNKNOWN = "—"
Days = Annotated[int, typer.Option("--days", min=1, help="Dimanches passés à mesurer, un sur quatre.")]


@commands.command()
def run(bailleur: str, days: Days = 13) -> None:
    """Mesure les scores et les règles sur les dimanches passés ; écrit les chiffres et dit qui servirait."""
    with Progress(console=console, transient=True) as progress:
        bars: dict[str, Any] = {}

        def told(stage: str, done: int, total: int) -> None:
            bars.setdefault(stage, progress.add_task(stage, total=total))
            progress.update(bars[stage], completed=done)

        found = measure(settings.load(), bailleur, days, progress=told)
    sundays = found["days"]
    console.print(f"[bold]{found['landlord'].name}[/] : {len(sundays)} dimanches, du {day(sundays[0])} au {day(sundays[-1])}.")
    if found["landlord"].is_synthetic:
        console.print("Données synthétiques.")
    for score, measured in found["measured"].items():
        console.print(_grid(score, measured), highlight=False)
        for verdict in measured.verdicts.itertuples():
            console.print(f"{label(verdict.model).capitalize()}. {verdict.sentence}", highlight=False)
    console.print(f"Écrit : {found['folder']}", soft_wrap=True, highlight=False, markup=False)


@commands.command()
def report(bailleur: str) -> None:
    """Met la dernière mesure en pages à lire, HTML et PDF : la réponse, les chiffres, les limites."""
    for path in write_report(settings.load(), bailleur):
        console.print(f"Écrit : {path}", soft_wrap=True, highlight=False, markup=False)


def _grid(score: str, measured: Measured) -> Table:
    """One line an order, best precision first: means over days at the team's capacity."""
    whole = measured.figures.query("cut == 'capacite' and stratum == 'tous'")
    grid = Table("Ordre", "Jours", "Précision", "Pire – meilleur", "Rappel", "Gain", "Précision moyenne", "Avance", "Calibration")
    grid.title = f"{SCORES[score].capitalize()}, {int(whole['k'].iloc[0])} lignes"
    errors = calibration.error(measured.calibration)
    by_model = {str(model): rows for model, rows in whole.groupby("model")}
    for model in sorted(by_model, key=lambda name: (-by_model[name]["precision"].fillna(-1).mean(), name)):
        grid.add_row(*_cells(model, by_model[model], errors))
    return grid


def _cells(model: str, rows: pd.DataFrame, errors: pd.Series) -> list[str]:
    mean = rows.mean(numeric_only=True).to_dict() | {"lead_days": rows["lead_days"].median()}
    worst, best = (_shown(mean[f"precision_{order}"], percent) for order in ("worst", "best"))
    return [
        label(model),
        str(len(rows)),
        _shown(mean["precision"], percent),
        f"{worst} – {best}",
        _shown(mean["recall"], percent),
        _shown(mean["lift"], lambda lift: f"× {decimal(lift, 1)}"),
        _shown(mean["average_precision"], percent),
        _shown(mean["lead_days"], lambda days: f"{round(days)} j"),
        _shown(errors.get(model, float("nan")), lambda error: decimal(error, 3)),
    ]


def _shown(value: float, write: Callable[[float], str]) -> str:
    return UNKNOWN if isnan(value) else write(value)
