"""`riskmodel notices`: what waits to be said to partners, and saying it by e-mail."""

from datetime import UTC, datetime

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents.french import counted
from riskmodel.errors import SettingsError
from riskmodel.register import open_register
from riskmodel.steps import notices as step

commands = typer.Typer(no_args_is_help=True, help="Avis aux partenaires par courriel : un lien, aucun nom.")
app.add_typer(commands, name="notices")


@commands.command()
def show(bailleur: str) -> None:
    """Montre les avis qui attendent, partenaire par partenaire ; n'envoie rien."""
    with open_register(settings.load().register_url)() as session:
        found = step.waiting(session, bailleur)
    for one in found:
        reach = counted(len(one.addresses), "adresse") if one.addresses else "aucune adresse"
        console.print(f"{one.partner} : {counted(len(one.notices), 'avis', 'avis')}, {reach}.", highlight=False)
    if not found:
        console.print("Aucun avis n'attend.")


@commands.command()
def send(bailleur: str) -> None:
    """Envoie un courriel à chaque partenaire qu'un avis attend. Relancée, elle n'envoie que ce qui n'est pas parti."""
    given = settings.load()
    if given.smtp is None:
        raise SettingsError("Aucun serveur de courrier : donnez VIGIE_SMTP_URL, VIGIE_MAIL_FROM et VIGIE_URL, puis relancez.")
    done = step.send(given, bailleur, datetime.now(UTC))
    said = f"{counted(done['messages'], 'courriel parti', 'courriels partis')} ; {done['settled']} avis clos sans envoi."
    console.print(said, highlight=False)
