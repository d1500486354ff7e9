"""`riskmodel partners`: referrals exchanged with partners by signed files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.french import counted
from riskmodel.errors import RunIncomplete, SettingsError
from riskmodel.steps import drop, seals

commands = typer.Typer(no_args_is_help=True, help="Échanger des orientations avec un partenaire par fichiers signés.")
app.add_typer(commands, name="partners")

Code = Annotated[str, typer.Argument(metavar="PARTENAIRE", help="Son code, comme la page des partenaires l'écrit.")]


@commands.command()
def keys(
    bailleur: str,
    partner: Annotated[str | None, typer.Option("--partner", help="Code du partenaire dont on enregistre la clé.")] = None,
    public: Annotated[Path | None, typer.Option("--public", help="Le fichier de sa clé publique Ed25519.")] = None,
) -> None:
    """Crée les clés du bailleur, ou enregistre celle d'un partenaire ; montre l'empreinte à comparer de vive voix."""
    given = settings.load()
    settings.landlord(given, bailleur)
    if (partner is None) != (public is None):
        raise SettingsError("Donnez --partner et --public ensemble, ou aucun des deux pour les clés du bailleur.")
    if partner and public:
        if not public.is_file():
            raise SettingsError(f"{public} : fichier absent. Donnez celui de la clé publique du partenaire.")
        kept = seals.keep(given, bailleur, partner, public.read_bytes())
    else:
        kept = seals.own(given, bailleur)
    console.print(f"Clé publique : {kept}\nEmpreinte : {seals.fingerprint(kept)}", soft_wrap=True, highlight=False)


@commands.command("export")
def write(bailleur: str, partenaire: Code) -> None:
    """Écrit et signe les orientations ouvertes d'un partenaire, à la place du fichier d'avant."""
    file = drop.write(settings.load(), bailleur, partenaire, datetime.now(UTC))
    console.print(f"Écrit et signé : {file}", soft_wrap=True, highlight=False)


@commands.command("import")
def read(bailleur: str, partenaire: Code, fichier: Path) -> None:
    """Lit les réponses signées d'un partenaire : garde les bonnes lignes, dit toutes les fautes des autres."""
    found = drop.read(settings.load(), bailleur, partenaire, fichier, datetime.now(UTC))
    said = f"{counted(found.made, 'étape notée', 'étapes notées')}, {found.before} déjà notées."
    console.print(said, highlight=False)
    if found.faults:
        faults = "\n".join(found.faults)
        raise RunIncomplete(f"{counted(len(found.faults), 'ligne refusée', 'lignes refusées')} :\n{faults}")
