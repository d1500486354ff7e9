"""`riskmodel intake`: look at an unknown extract, check a delivery, receive what waits."""

import csv
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.errors import DeliveryRefused
from riskmodel.intake import door, manifest, profile
from riskmodel.intake.examine import Examination, examine
from riskmodel.intake.faults import Fault
from riskmodel.intake.inspection import inspect as look
from riskmodel.intake.page import count
from riskmodel.intake.skeleton import toml
from riskmodel.steps.receive import known as known_to
from riskmodel.steps.receive import receive as receive_pending

commands = typer.Typer(no_args_is_help=True, help="Recevoir les livraisons d'un bailleur, et dire ce qui ne va pas.")
app.add_typer(commands, name="intake")

SHOWN = 20
KINDS = {
    "date": "date",
    "datetime": "date et heure",
    "month": "mois",
    "amount": "montant ou décimal",
    "code": "liste de codes",
    "integer": "nombre entier",
    "identifier": "identifiant",
    "time": "heure",
    "text": "texte",
    "empty": "toujours vide",
}

Delivery = Annotated[
    Path, typer.Argument(metavar="LIVRAISON", help="Dossier <bailleur>/<AAAA-MM-JJ>/, ou zip qui en contient un.")
]
ProfileName = Annotated[str, typer.Option("--profile", help="Profil de lecture, ou chemin d'un fichier TOML.")]
FaultsFile = Annotated[Path, typer.Option("--fautes", help="Fichier CSV où écrire toutes les fautes.")]
Against = Annotated[str | None, typer.Option("--bailleur", help="Comparer avec ce que le service sait déjà de ce bailleur.")]


@commands.command()
def check(
    livraison: Delivery,
    profile_name: ProfileName = "canonique",
    fautes: FaultsFile = Path("fautes.csv"),
    bailleur: Against = None,
) -> None:
    """Dit toutes les fautes d'une livraison d'un coup ; n'écrit rien dans le lac."""
    drop = door.at(livraison)
    known = known_to(settings.load(), bailleur or drop.landlord_id)
    mapped = profile.load(profile_name, settings.load().landlords / "profils")
    with tempfile.TemporaryDirectory() as folder, console.status(f"Lecture de {drop.address}…"):
        is_alone = known.as_of is None and manifest.read(drop)[0].mode == "incremental"
        found = examine(drop, mapped, known, Path(folder), has_context=not is_alone)
    faults = [*found.refusals, *found.row_faults, *found.gaps]
    _show_tables(found)
    _show(faults)
    if is_alone:
        console.print("Livraison incrémentale vérifiée seule : les rattachements à des lignes déjà livrées n'ont pas été jugés.")
    if not faults:
        console.print("[green]Aucune faute.[/] Cette livraison serait acceptée sans ligne en quarantaine.")
        return
    _write(faults, fautes)
    console.print(f"{len(faults)} faute(s), toutes écrites dans {fautes}.")
    if not found.is_accepted:
        raise DeliveryRefused("Cette livraison serait refusée en entier.")
    console.print("Cette livraison serait acceptée ; les lignes fautives iraient en quarantaine.")
    raise typer.Exit(1)


@commands.command()
def inspect(fichier: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FICHIER")]) -> None:
    """Regarde un extrait inconnu et propose un profil à compléter."""
    seen = look(fichier)
    separator = {"\t": "tabulation"}.get(seen.separator, f"« {seen.separator} »")
    notes = Console(stderr=True)
    notes.print(
        f"{seen.file} : encodage {seen.encoding}, séparateur {separator}, {seen.lines} lignes regardées.", highlight=False
    )
    shown = Table("Colonne", "Semble être", "Forme", "Remplie", "Codes vus")
    for column in seen.columns:
        codes = ", ".join(column.codes[:12]) + ("…" if len(column.codes) > 12 else "")
        shown.add_row(column.header, KINDS[column.kind], column.form, f"{column.filled:.0%}", codes)
    notes.print(shown)
    typer.echo(toml(seen), nl=False)


@commands.command()
def receive(
    bailleur: str,
    as_of: Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Jour jusqu'auquel recevoir, AAAA-MM-JJ.")],
) -> None:
    """Reçoit les livraisons en attente : chacune est acceptée, ou refusée en entier, avec son rapport de qualité."""
    home = settings.load()
    with console.status(f"Réception de {bailleur}…"):
        counts = receive_pending(home, bailleur, as_of.date())
    console.print(
        f"{counts['accepted']} acceptée(s), {counts['refused']} refusée(s), {counts['unchanged']} déjà reçue(s). "
        f"Dernier arrêté visible : {counts['last_accepted'] or 'aucun'}.\nRapports : {home.outputs / bailleur / 'qualite'}",
        highlight=False,
    )


def _show_tables(found: Examination) -> None:
    shown = Table("Table", "Fichier", "Lues", "Quarantaine", title=f"{found.drop.landlord_id}, arrêté du {found.drop.as_of}")
    for name, read in found.tables.items():
        shown.add_row(read.table.french, ", ".join(read.files), count(read.rows), count(found.quarantined[name]))
    console.print(shown)


def _show(faults: list[Fault]) -> None:
    """Faults by rule, the first twenty of each with file and line."""
    for rule in dict.fromkeys(fault.rule for fault in faults):
        same = [fault for fault in faults if fault.rule == rule]
        console.print(f"\n[bold]{same[0].title}[/] : {len(same)}. {same[0].next_move}", highlight=False)
        for fault in same[:SHOWN]:
            console.print(
                f"  {fault.place} {fault.column} : lu « {fault.value} », attendu {fault.expected}", highlight=False, markup=False
            )
        if len(same) > SHOWN:
            console.print(f"  … et {len(same) - SHOWN} autres.")


def _write(faults: list[Fault], target: Path) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["règle", "table", "fichier", "ligne", "colonne", "valeur lue", "valeur attendue", "que faire"])
        for fault in faults:
            place = (fault.table, fault.file, fault.line, fault.column)
            writer.writerow([fault.title, *place, _inert(fault.value), fault.expected, fault.next_move])


def _inert(value: str) -> str:
    """What a spreadsheet would run as a formula stays text: the value comes from outside."""
    return f"'{value}" if value.startswith(("=", "@", "+")) else value
