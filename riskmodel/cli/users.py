"""`riskmodel users`: accounts, invitations and roles, and the check of the access log."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel import settings
from riskmodel.access import accounts, grants, identities, invitations, log
from riskmodel.access.policy import Action, Granted, Place
from riskmodel.access.viewers import viewer_of
from riskmodel.casework.key import PARIS
from riskmodel.cli import app, console
from riskmodel.errors import AccessRefused
from riskmodel.register import open_register
from riskmodel.register.models import User

commands = typer.Typer(no_args_is_help=True, help="Comptes : créés, invités, désactivés ; rôles ; journal des accès.")
app.add_typer(commands, name="users")
journal = typer.Typer(no_args_is_help=True, help="Le journal des accès, chaîné ligne à ligne.")
commands.add_typer(journal, name="log")

TERMINAL = "terminal"
"""Who the log says acted, unless an account is given: whoever has the machine."""
Account = Annotated[str, typer.Argument(metavar="COMPTE", help="Identifiant du compte : lettres, chiffres, points ou traits.")]
Grants = Annotated[
    list[str], typer.Option("--role", help="RÔLE@BAILLEUR, RÔLE@BAILLEUR/UNITÉ ou association@BAILLEUR#PARTENAIRE ; à répéter.")
]
OneGrant = Annotated[
    str, typer.Argument(metavar="RÔLE@BAILLEUR[/UNITÉ|#PARTENAIRE]", help="Par exemple contentieux@oph-estuaire/02.")
]
By = Annotated[str, typer.Option("--by", help="Identifiant du compte qui agit, gardé au journal.")]


@commands.command()
def add(
    account: Account,
    name: Annotated[str, typer.Option("--name", help="Nom affiché de la personne qui travaille avec ce compte.")],
    email: Annotated[
        str, typer.Option("--email", help="Adresse professionnelle : elle relie le compte au fournisseur d'identité.")
    ],
    role: Grants,
    by: By = TERMINAL,
) -> None:
    """Crée un compte avec ses rôles, sans mot de passe : une invitation l'ouvre."""
    granted = [_declared(text) for text in role]
    with _acting(by, granted) as (session, now):
        user = accounts.create(session, account, name, email, granted, now)
    console.print(f"{user.account} : compte créé. Ensuite : « riskmodel users invite {user.account} ».", highlight=False)


@commands.command()
def invite(account: Account, by: By = TERMINAL) -> None:
    """Donne un lien valable 72 heures et une fois, qui choisit le mot de passe ; les liens d'avant ne valent plus."""
    with _changing(account, by) as (session, user, now):
        token = invitations.invite(session, user.id, now)
    address = settings.load().public_url or "http://127.0.0.1:8000"
    console.print(f"{address}/invitation/{token}", highlight=False, soft_wrap=True)
    console.print("À remettre à la personne elle-même : qui ouvre ce lien entre à sa place. Il n'est montré qu'une fois.")


@commands.command()
def deactivate(account: Account, by: By = TERMINAL) -> None:
    """Ferme un compte pour de bon ; ce qu'il a fait reste au journal."""
    with _changing(account, by) as (session, user, _):
        accounts.deactivate(session, user)
    console.print(f"{user.account} : désactivé, ses sessions sont closes.", highlight=False)


@commands.command()
def grant(account: Account, role: OneGrant, by: By = TERMINAL) -> None:
    """Attribue un rôle de plus."""
    granted = _declared(role)
    with _changing(account, by, [granted]) as (session, user, _):
        is_new = grants.give(session, user, granted)
    console.print(f"{user.account} : {grants.written(granted)}{'' if is_new else ', déjà attribué'}.", highlight=False)


@commands.command()
def revoke(account: Account, role: OneGrant, by: By = TERMINAL) -> None:
    """Retire un rôle et clôt les sessions du compte."""
    granted = grants.read(role)
    with _changing(account, by, [granted]) as (session, user, _):
        if not grants.take(session, user, granted):
            raise AccessRefused(f"{user.account} n'a pas {role}. Il a : {_roles(user) or 'aucun rôle'}.")
    console.print(f"{user.account} : {grants.written(granted)} retiré.", highlight=False)


@commands.command()
def link(account: Account, subject: Annotated[str, typer.Argument(metavar="SUJET")], by: By = TERMINAL) -> None:
    """Relie un compte à une identité du fournisseur OpenID Connect qui ne vérifie pas les adresses (« sub » du jeton)."""
    provider = settings.load().oidc
    if provider is None:
        raise AccessRefused("Aucun fournisseur d'identité configuré : donnez VIGIE_OIDC_ISSUER et les autres (docs/acces.md).")
    with _changing(account, by) as (session, user, _):
        identities.link(session, user, provider.issuer, subject)
    console.print(f"{user.account} : relié à son identité chez {provider.issuer}.", highlight=False)


@commands.command("list")
def show() -> None:
    """Montre tous les comptes, leurs rôles et leur état."""
    grid = Table()
    for header in ("Compte", "Rôles", "État", "Entré le"):
        grid.add_column(header, no_wrap=header in ("Compte", "Rôles"))
    with open_register(settings.load().register_url)() as session:
        for user in session.scalars(select(User).order_by(User.account)):
            seen = f"{user.last_login_at.astimezone(PARIS):%d/%m/%Y %H:%M}" if user.last_login_at else "jamais"
            grid.add_row(user.account, _roles(user).replace(", ", "\n"), _state(user), seen)
    console.print(grid)


@journal.command()
def verify(
    noted: Annotated[str | None, typer.Option("--noted", help="LIGNE:EMPREINTE notée lors d'une vérification d'avant.")] = None,
) -> None:
    """Relit tout le journal : ligne changée, ôtée ou insérée. Dit aussi la tête de la chaîne, à noter ailleurs."""
    with open_register(settings.load().register_url)() as session:
        broken, last = log.verify(session, _noted(noted)), log.head(session)
    if broken:
        raise AccessRefused(f"journal des accès rompu à la ligne {broken.seq} : {broken.why}. Ne l'effacez pas, prévenez le DPO.")
    console.print("Journal des accès : toutes les lignes se suivent. À noter hors du registre, pour la prochaine fois :")
    console.print(f"{last.seq}:{last.digest}", highlight=False, soft_wrap=True)


@contextmanager
def _acting(by: str, granted: Iterable[Granted]) -> Iterator[tuple[Session, datetime]]:
    """One transaction that also writes in the log, for each place that it touches."""
    now = datetime.now(UTC)
    with open_register(settings.load().register_url).begin() as session:
        yield session, now
        for place in dict.fromkeys(held.place for held in granted) or [Place()]:
            log.append(session, now, by, Action.USERS, "ok", place)


@contextmanager
def _changing(account: str, by: str, granted: Iterable[Granted] = ()) -> Iterator[tuple[Session, User, datetime]]:
    touched = list(granted)
    with _acting(by, touched) as (session, now):
        user = accounts.known(session, account)
        touched.extend(viewer_of(user).grants)
        yield session, user, now


def _declared(text: str) -> Granted:
    granted = grants.read(text)
    if granted.landlord_id not in (known := settings.landlord_ids(settings.load())):
        raise AccessRefused(f"« {text} » : bailleur inconnu. Bailleurs déclarés : {', '.join(known) or 'aucun'}.")
    return granted


def _roles(user: User) -> str:
    return ", ".join(grants.written(granted) for granted in viewer_of(user).grants)


def _state(user: User) -> str:
    if not user.is_active:
        return "désactivé"
    return "actif" if user.password_hash or user.oidc_subject else "attend son invitation"


def _noted(text: str | None) -> log.Head | None:
    if text is None:
        return None
    line, _, digest = text.partition(":")
    if not (line.isdigit() and len(digest) == 64):
        raise AccessRefused(f"« {text} » : attendu LIGNE:EMPREINTE, comme cette commande l'écrit.")
    return log.Head(int(line), digest)
