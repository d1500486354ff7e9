"""`riskmodel demo`: lay the synthetic landlord down, live a year of its orientations, or cut it again out of a full extract."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.demo import install
from riskmodel.demo.carve import carve
from riskmodel.demo.inbox import DELIVERIES
from riskmodel.register import open_register
from riskmodel.steps.year import telling
from riskmodel.steps.year.whole import YEAR, whole_year

demo = typer.Typer(no_args_is_help=True, help="Le bailleur de démonstration (données synthétiques).")
app.add_typer(demo, name="demo")

NIGHTS = timedelta(days=15)
"""Nights shipped after the first one: enough for two Mondays."""


@demo.command("install")
def install_demo() -> None:
    """Dépose les livraisons de démonstration et déclare le bailleur OPH Estuaire."""
    home = settings.load().home
    nights = install(home)
    console.print(f"Données synthétiques : {len(nights)} livraisons, du {nights[0]:%d/%m/%Y} au {nights[-1]:%d/%m/%Y}.")
    console.print(f"Livraisons : {home / 'inbox'}\nDéclaration du bailleur : {home / 'bailleurs'}", soft_wrap=True)


@demo.command("carve")
def carve_demo(
    extract: Annotated[Path, typer.Argument(help="Dossier d'une livraison Ulysse complète, nommé par sa date (AAAA-MM-JJ).")],
) -> None:
    """Redécoupe les livraisons de démonstration dans une livraison Ulysse complète."""
    last = date.fromisoformat(extract.resolve().name)
    kept = carve(extract, DELIVERIES, first=last - NIGHTS, last=last)
    console.print(f"{kept} comptes gardés dans {DELIVERIES}", soft_wrap=True)


@demo.command("year")
def live_a_year(
    every: Annotated[int, typer.Option(min=1, max=13, help="Semaines entre deux listes.")] = 6,
    report: Annotated[Path | None, typer.Option(help="Fichier Markdown à écrire : ce qui a été vécu et vérifié.")] = None,
) -> None:
    """Vit une année d'orientations dans un dossier neuf (VIGIE_HOME), des listes aux fins de mesure, et vérifie tout."""
    home = settings.load()
    seen = whole_year(home, every)
    with open_register(home.register_url)() as session:
        found = telling.faults(session, home, seen, YEAR)
        page = telling.told(session, home, seen, YEAR)
    if report is not None:
        report.write_text(page, encoding="utf-8")
    console.print(page, markup=False, soft_wrap=True)
    for fault in found:
        console.print(f"✗ {fault}", markup=False, soft_wrap=True)
    raise typer.Exit(1 if found else 0)
