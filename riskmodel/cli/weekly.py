"""`riskmodel weekly`: the lists of a Monday, built and shown."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from riskmodel import register, settings
from riskmodel.cli import app, console
from riskmodel.documents.phrases import change
from riskmodel.documents.record import head
from riskmodel.errors import NothingKnown
from riskmodel.register.lists import units
from riskmodel.score.french import terms
from riskmodel.steps.weekly_list import build as build_lists
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import COUNTS, TABS, FrozenList, Row

commands = typer.Typer(no_args_is_help=True, help="La liste du lundi, une par unité de gestion.")
app.add_typer(commands, name="weekly")

Monday = Annotated[datetime, typer.Option("--monday", formats=["%Y-%m-%d"], help="Lundi de la semaine, AAAA-MM-JJ.")]


@commands.command()
def build(bailleur: str, monday: Monday) -> None:
    """Fige les listes de la semaine et écrit leurs fichiers."""
    made = build_lists(settings.load(), bailleur, monday.date())
    tabs = ", ".join(f"{label} {made[tab]}" for tab, label in TABS.items())
    console.print(f"{bailleur} : {made['units']} listes ({made['written']} nouvelles ou changées). {tabs}.", highlight=False)
    if made["kept"]:
        console.print(f"Gardées telles quelles, leur examen a commencé : {', '.join(made['kept'])}.", highlight=False)
    for folder in made["folders"]:
        console.print(folder, markup=False, highlight=False, soft_wrap=True)


@commands.command()
def show(
    bailleur: str,
    week: Annotated[str, typer.Option(help="Semaine, par exemple 2026-S43.")],
    unit: Annotated[str, typer.Option(help="Unité de gestion.")],
) -> None:
    """Affiche une liste figée, sans score : les points sont dans points.xlsx, à ouvrir après les décisions."""
    with register.open_register(settings.load().register_url)() as session:
        frozen = thaw(session, bailleur, unit, week)
        known = units(session, bailleur, week)
    if frozen is None:
        lists = (
            f"Unités qui en ont une : {', '.join(known)}." if known else "Lancez « riskmodel weekly build » pour cette semaine."
        )
        raise NothingKnown(f"{bailleur}, {unit}, {week} : aucune liste figée. {lists}")
    _print(frozen)


def _print(frozen: FrozenList) -> None:
    console.print(f"[bold]{frozen.landlord_name}, {frozen.management_unit}, semaine {frozen.week}[/]", highlight=False)
    for warning in frozen.warnings:
        console.print(f"[yellow]{warning}[/]", highlight=False)
    for statement in frozen.statements:
        console.print(statement, markup=False, highlight=False)
    for sentence in head(frozen):
        console.print(sentence, highlight=False, markup=False, soft_wrap=True)
    for tab, label in TABS.items():
        if frozen.tab(tab):
            console.print(_grid(f"{label} ({len(frozen.tab(tab))})", frozen.tab(tab)))
    for gone in frozen.departures:
        console.print(f"Sorti : {gone.lease_id} ({TABS[gone.tab]}, n° {gone.position}). {gone.why}", highlight=False)
    console.print("\n".join(f"{COUNTS[key]} : {count}" for key, count in frozen.counts.items()), highlight=False)


def _grid(title: str, rows: list[Row]) -> Table:
    grid = Table("n°", "Bail", "Depuis", "Dette", "Ce qu'on voit", title=title, title_justify="left")
    for row in rows:
        owed = row.facts["overdue_terms"]
        grid.add_row(str(row.position), row.lease_id, change(row), "" if owed is None else terms(owed), _why(row))
    return grid


def _why(row: Row) -> str:
    said = [row.why] if row.why else []
    ends = [f"Jusqu'au {row.until:%d/%m/%Y} au plus tard."] if row.until else []
    return "\n".join(said + ends + [reason.text for reason in row.reasons if reason.score == row.tab])
