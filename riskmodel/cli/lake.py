"""`riskmodel lake`: what was delivered, and how many rows were known on any day."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from riskmodel import register, settings
from riskmodel.cli import app, console
from riskmodel.contracts import TABLES
from riskmodel.errors import NothingKnown
from riskmodel.intake.page import MODES, count, day
from riskmodel.lake import connect
from riskmodel.register import deliveries
from riskmodel.steps.source import source

commands = typer.Typer(no_args_is_help=True, help="Ce qui a été livré, et ce qui était connu à une date.")
app.add_typer(commands, name="lake")

COUNTED = ("added", "changed", "removed", "quarantined")
STATUSES = {deliveries.ACCEPTED: "acceptée", deliveries.REFUSED: "refusée"}


@commands.command()
def history(bailleur: str) -> None:
    """Liste les livraisons jugées : date, mode, décision, lignes ajoutées, modifiées, retirées, en quarantaine."""
    with register.open_register(settings.load().register_url)() as session:
        rows = deliveries.judged(session, bailleur)
    if not rows:
        raise NothingKnown(f"{bailleur} : aucune livraison jugée à ce jour.")
    shown = Table(box=None, pad_edge=False)
    for rank, name in enumerate(["Arrêté", "N°", "Mode", "Décision", "Ajouts", "Modifs", "Retraits", "Écartées"]):
        shown.add_column(name, no_wrap=True, justify="right" if rank > 3 else "left")
    for row in rows:
        totals = [count(sum(table[key] for table in row.summary["tables"].values())) for key in COUNTED]
        shown.add_row(day(row.as_of.isoformat()), str(row.ordinal or "–"), MODES[row.mode], STATUSES[row.status], *totals)
    console.print(shown)


@commands.command()
def show(
    bailleur: str,
    as_of: Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Jour de la question, AAAA-MM-JJ.")],
) -> None:
    """Compte les lignes de chaque table telles qu'elles étaient connues à une date."""
    known, newest = source(settings.load(), bailleur)
    con = connect(known, as_of.date(), tables=list(TABLES))
    shown = Table(
        "Table", "Lignes", title=f"{bailleur} au {day(as_of.date().isoformat())} (dernier arrêté : {day(newest.isoformat())})"
    )
    for table in TABLES.values():
        rows = con.execute(f"SELECT count(*) FROM {table.name}").fetchall()[0][0]
        shown.add_row(table.french, count(rows) if table.name in known.pins else "jamais livrée")
    console.print(shown)
