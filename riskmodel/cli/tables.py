"""`riskmodel tables`: points tables proposed, replayed, approved by a person, withdrawn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.register import open_register
from riskmodel.register.tables import KeptTable, all_of
from riskmodel.score.french import day
from riskmodel.steps import replay_page
from riskmodel.steps import tables as step

commands = typer.Typer(no_args_is_help=True, help="Tables de points d'un bailleur : proposées, rejouées, approuvées, retirées.")
app.add_typer(commands, name="tables")

Version = Annotated[str, typer.Argument(metavar="VERSION", help="Comme « riskmodel tables list » l'écrit : `derive-2026-10-31`.")]
By = Annotated[str, typer.Option("--by", help="Identifiant du compte qui décide, jamais un nom.")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour d'effet, AAAA-MM-JJ (défaut : ce jour).")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Ne lire que ce qui était connu ce jour-là.")
]


@commands.command()
def propose(bailleur: str, as_of: AsOf = None) -> None:
    """Ajuste une table par score sur l'histoire du bailleur et la garde en attente d'une personne."""
    with _bar("Histoire") as progress:
        made = step.propose(settings.load(), bailleur, as_of.date() if as_of else None, progress=progress)
    for sentence in (sentence for proposed in made for sentence in proposed.sentences):
        console.print(sentence, highlight=False, soft_wrap=True)


@commands.command()
def replay(bailleur: str, version: Version) -> None:
    """Rejoue une table proposée sur l'année passée, à côté de la table en place."""
    with _bar("Dimanches") as progress:
        result = step.replay(settings.load(), bailleur, version, progress=progress)
    for sentence in replay_page.sentences(result):
        console.print(sentence, highlight=False, soft_wrap=True)
    grid = Table(*replay_page.HEADERS)
    for cells in replay_page.rows(result):
        grid.add_row(*cells)
    console.print(grid)
    console.print(result["page"], markup=False, highlight=False, soft_wrap=True)


@commands.command()
def approve(
    bailleur: str,
    version: Version,
    by: By,
    note: Annotated[str, typer.Option("--note", help="Pourquoi, en une phrase gardée au registre.")],
    on: On = None,
) -> None:
    """Met en service une table rejouée ; celle d'avant est retirée le même jour."""
    former = step.approve(settings.load(), bailleur, version, by, note, _day(on))
    console.print(
        f"{version} : approuvée, en service à partir du {day(_day(on))}, à la place de la table {former or 'posée à la main'}.",
        highlight=False,
    )


@commands.command()
def withdraw(bailleur: str, version: Version, by: By, on: On = None) -> None:
    """Retire une table ; la table posée à la main sert de nouveau."""
    step.withdraw(settings.load(), bailleur, version, by, _day(on))
    console.print(f"{version} : retirée le {day(_day(on))}.", highlight=False)


@commands.command("list")
def show(bailleur: str) -> None:
    """Montre toutes les tables proposées pour un bailleur, et ce qu'elles sont devenues."""
    with open_register(settings.load().register_url)() as session:
        kept = all_of(session, bailleur)
    if not kept:
        console.print(f"{bailleur} : aucune table proposée. Les tables posées à la main servent.", highlight=False)
        return
    grid = Table()
    for header in ("Version", "Proposée le", "Rejouée", "État", "Empreinte"):
        grid.add_column(header, no_wrap=header != "État")
    for table in kept:
        replayed = "oui" if table.replay else "non"
        name = f"{table.name}-{table.version}"
        grid.add_row(name, day(table.proposed_on), replayed, _state(table), table.digest[:12])
    console.print(grid)


def _state(table: KeptTable) -> str:
    said = f"approuvée le {day(table.approved_on)} par {table.approved_by}" if table.approved_on else "en attente"
    if table.withdrawn_on is None:
        return said
    gone = f"retirée le {day(table.withdrawn_on)}"
    return f"{said}, {gone}" if table.approved_on else gone


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _day(given: datetime | None) -> date:
    return given.date() if given else date.today()
