"""`riskmodel web serve`: the review application on this machine."""

import gc
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from rich.table import Table

from riskmodel import REPOSITORY, settings
from riskmodel.cli import app, console
from riskmodel.errors import NothingKnown, SettingsError
from riskmodel.register import upgrade
from riskmodel.steps import demo_users
from riskmodel.web.app import create_app

commands = typer.Typer(no_args_is_help=True, help="L'application où les équipes examinent leurs listes.")
app.add_typer(commands, name="web")

DEMO = REPOSITORY / "var" / "demo"
PATIENCE = 60
"""Seconds without a sign of life after which a process is replaced: importing, or printing a long list, may keep it busy."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="Adresse où écouter.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port où écouter.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Nombre de processus.")] = 1,
    proxies: Annotated[
        str,
        typer.Option(
            "--proxies", help="Adresses des relais dont X-Forwarded-For et -Proto sont crus, séparées par des virgules."
        ),
    ] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help="Ouvre la démonstration, avec un compte par rôle.")] = False,
) -> None:
    """Sert l'application de revue ; Ctrl-C pour finir."""
    if demo:
        _open_demo(host)
    given = settings.load()
    if not settings.landlord_ids(given):
        raise SettingsError(
            f"{given.landlords} : aucun bailleur déclaré. Déposez-y sa déclaration (docs/exploitation.md), ou essayez la "
            "démonstration : « make demo », puis « make serve »."
        )
    upgrade(given.register_url)
    console.print(f"Vigie Bail : {given.public_url or f'http://{host}:{port}'} (Ctrl-C pour finir)", highlight=False)
    uvicorn.run(
        "riskmodel.cli.web:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        timeout_worker_healthcheck=PATIENCE,
        proxy_headers=True,
        forwarded_allow_ips=proxies,
        access_log=False,  # addresses hold lease numbers: who read what is in the access log of the register
        server_header=False,
        log_level="warning",
    )


def application() -> FastAPI:
    """The application of this environment, as each process of the server makes it."""
    made = create_app(settings.load(), lambda: datetime.now(UTC))
    gc.collect()
    gc.freeze()  # all that was imported stays: looking through it again would hold every reader for a seventh of a second
    return made


def _open_demo(host: str) -> None:
    """Take the demonstration's home for this process and those it starts, with its public accounts, on this machine alone."""
    home = Path(os.environ.get("VIGIE_HOME", DEMO)).resolve()
    if host not in LOOPBACK:
        raise SettingsError(f"--host {host} : les comptes de démonstration ont un mot de passe public, servez-les sur 127.0.0.1.")
    if not (home / "register.db").is_file():
        raise NothingKnown(f"{home} : la démonstration n'a pas encore tourné. Lancez d'abord « make demo » (deux minutes).")
    os.environ["VIGIE_HOME"] = str(home)
    grid = Table(
        "Rôle", "Identifiant", "Mot de passe", title="Données synthétiques : comptes de démonstration", title_justify="left"
    )
    for account, password, role in demo_users.install(settings.load(), datetime.now(UTC)):
        grid.add_row(role, account, password)
    console.print(grid)
