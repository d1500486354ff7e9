"""`riskmodel explain`: one household's scores, point by point, with what would have kept it off the list."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.french import day, typeset
from riskmodel.steps import explain as step
from riskmodel.steps.explain import Explanation

Day = Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Jour de la question, AAAA-MM-JJ.")]


@app.command()
def explain(bailleur: str, bail: str, as_of: Day) -> None:
    """Explique les scores d'un bail : points, faits datés, ce qui aurait évité le signalement, et leur image."""
    console.print(f"[bold]Bail {bail}[/] au {day(as_of.date())}", highlight=False)
    for found in step.explain(settings.load(), bailleur, as_of.date(), bail):
        console.print(_points(found) if found.reasons else f"[bold]{_title(found)}[/]", highlight=False)
        for line in _removal(found):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        console.print(f"Image : {found.picture}\n", markup=False, highlight=False, soft_wrap=True)


def _points(found: Explanation) -> Table:
    grid = Table("Points", "Raison et faits datés", title=_title(found))
    for reason in found.reasons:
        facts = "".join(f"\n  · {line}" for line in found.evidence[reason["input"]])
        grid.add_row(str(reason["points"]), typeset(reason["text"] + facts))
    return grid


def _title(found: Explanation) -> str:
    table = found.table
    return typeset(f"{table.title} : {found.removal.score_before} sur {table.total} (seuil {table.minimum})")


def _removal(found: Explanation) -> list[str]:
    facts = [f"  · {typeset(fact.sentence)}" for fact in found.removal.facts]
    return (["Ce qui aurait évité ce signalement :", *facts] if facts else []) + [typeset(found.removal.sentence)]
