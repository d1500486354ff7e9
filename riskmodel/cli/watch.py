"""`riskmodel watch`: the figures of a month by group, the stops in force, and a person's answer to one."""

from calendar import monthrange
from datetime import date, datetime
from typing import Annotated

import typer
from rich.progress import Progress

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.french import counted, day
from riskmodel.steps import watch as step
from riskmodel.watch.stops import REASONS

commands = typer.Typer(no_args_is_help=True, help="Veille : équité par groupe, stabilité, règles d'arrêt, pages publiées.")
app.add_typer(commands, name="watch")

Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour, AAAA-MM-JJ.")]


@commands.command()
def month(
    bailleur: str,
    mois: Annotated[datetime, typer.Option("--month", formats=["%Y-%m"], help="Mois à examiner, AAAA-MM.")],
) -> None:
    """Mesure un mois, note ses arrêts au journal, et écrit le relevé, les fiches des scores et le registre de l'algorithme."""
    end = date(mois.year, mois.month, monthrange(mois.year, mois.month)[1])
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Dimanches échus", total=None)
        made = step.month(
            settings.load(), bailleur, end, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    days = counted(made["days"], "dimanche échu", "dimanches échus")
    out = counted(made["breaches"], "figure hors limites", "figures hors limites")
    console.print(f"{bailleur}, {mois:%m/%Y} : {days}, {out}, {counted(made['stops'], 'arrêt')}.", highlight=False)
    for sentence in made["sentences"]:
        console.print(f"[bold]Arrêt[/] {sentence}", highlight=False)
    console.print(made["folder"], markup=False, highlight=False, soft_wrap=True)


@commands.command()
def stops(bailleur: str, on: Day) -> None:
    """Liste les arrêts en vigueur un jour donné."""
    found, month_of = step.in_force(settings.load(), bailleur, on.date())
    since = f"veille de {month_of}" if month_of else "aucune veille à ce jour"
    console.print(f"{bailleur}, {day(on.date())} : {counted(len(found), 'arrêt')} ({since}).", highlight=False)
    for stop in found:
        who = stop["score"] or "les deux scores"
        console.print(f"{stop['name']} · {who} · {stop['sentence']}", markup=False, highlight=False)


@commands.command()
def answer(
    bailleur: str,
    stop: Annotated[str, typer.Option("--stop", help="Nom de la règle d'arrêt.")],
    reason: Annotated[str, typer.Option("--reason", help="Motif : " + ", ".join(REASONS) + ".")],
    by: Annotated[str, typer.Option("--by", help="Identifiant du compte qui répond, jamais un nom.")],
    on: Day,
    score: Annotated[str | None, typer.Option("--score", help="`derive` ou `decrochage` ; absent : les deux.")] = None,
) -> None:
    """Répond à un arrêt : il est levé ce jour-là, pour le trimestre qui suit."""
    lifted = step.answer(settings.load(), bailleur, stop, score, reason, by, on.date())
    console.print(f"{bailleur} : {counted(lifted, 'arrêt levé', 'arrêts levés')} à partir du {day(on.date())}.", highlight=False)
