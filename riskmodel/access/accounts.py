"""Accounts: created with their grants, entered by password, locked for a while after wrong ones, deactivated at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from riskmodel.access import passwords, sessions
from riskmodel.access.grants import rows
from riskmodel.access.policy import Granted, Viewer
from riskmodel.access.viewers import viewer_of
from riskmodel.errors import AccessRefused
from riskmodel.register.models import User

REFUSED = (
    "Identifiant ou mot de passe inconnu. Après plusieurs essais manqués, un compte reste fermé quelque temps : "
    "attendez un quart d'heure, ou demandez une nouvelle invitation."
)
"""The one sentence for every refused sign-in: it never tells whether the account exists, nor whether it is locked."""
FREE_FAILURES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=8)


@dataclass(frozen=True)
class Login:
    """What became of a sign-in. Say REFUSED for "wrong" and for "locked": only the log may tell them apart."""

    outcome: Literal["ok", "wrong", "locked"]
    viewer: Viewer | None = None


def create(session: Session, account: str, display_name: str, email: str, grants: Iterable[Granted], now: datetime) -> User:
    """A new account without a password: an invitation or OpenID Connect opens it. Raises AccessRefused when it exists, or for
    a role that cannot be given there."""
    account = named(account)
    if find(session, account) is not None:
        raise AccessRefused(f"Le compte {account} existe déjà : choisissez un autre identifiant, ou modifiez ce compte.")
    user = User(account=account, display_name=display_name, email=email.strip().lower(), created_at=now)
    user.grants = rows(session, grants)
    session.add(user)
    session.flush()
    return user


def named(account: str) -> str:
    """An identifier as it is kept: small letters, digits, dots and hyphens. Raises AccessRefused for any other."""
    account = account.strip().lower()
    if not (3 <= len(account) <= 64 and account.isascii() and account.replace(".", "").replace("-", "").isalnum()):
        raise AccessRefused(
            f"Identifiant « {account} » : il en faut un de 3 à 64 lettres sans accent, chiffres, points ou traits."
        )
    return account


def find(session: Session, account: str) -> User | None:
    """The user of an account, active or not."""
    return session.scalar(select(User).filter_by(account=_typed(account)))


def known(session: Session, account: str) -> User:
    """The user of an account, active or not; raises AccessRefused when there is none."""
    user = find(session, account)
    if user is None:
        raise AccessRefused(f"Compte {account} inconnu. « riskmodel users list » les montre tous.")
    return user


def login(session: Session, account: str, password: str, now: datetime, hasher: PasswordHasher = passwords.HASHER) -> Login:
    """Check a password. Known, unknown, locked and deactivated accounts cost the same work; commit whatever the outcome.

    The fifth failure in a row locks the account for 15 minutes, each further one for twice as long, 8 hours at most.
    """
    mine = select(User).filter_by(account=_typed(account)).with_for_update()
    user = session.scalar(mine, execution_options={"populate_existing": True})
    usable = user is not None and user.is_active
    is_right = passwords.matches(password, user.password_hash if user and usable else None, hasher)
    if user and usable and user.locked_until and now < user.locked_until:
        return Login("locked")
    if not (user and is_right):
        _count_failure(session, _typed(account), now)
        return Login("wrong")
    user.failed_logins, user.locked_until, user.last_login_at = 0, None, now
    return Login("ok", viewer_of(user))


def set_password(session: Session, user: User, password: str, hasher: PasswordHasher = passwords.HASHER) -> None:
    """Give a user a password, unlock the account and end its open sessions. Raises AccessRefused for a weak one."""
    passwords.check(password, user.account)
    user.password_hash = passwords.kept(password, hasher)
    user.failed_logins, user.locked_until = 0, None
    sessions.close_all(session, user.id)


def change_password(
    session: Session, user_id: int, former: str, password: str, now: datetime, hasher: PasswordHasher = passwords.HASHER
) -> None:
    """A user's own change of password: the former one is asked for. Ends every open session, this one too."""
    user = session.get_one(User, user_id)
    if login(session, user.account, former, now, hasher).outcome != "ok":
        raise AccessRefused("Le mot de passe actuel n'est pas le bon : rien n'a été changé.")
    set_password(session, user, password, hasher)


def deactivate(session: Session, user: User) -> None:
    """Close an account: nobody enters by it, its password is forgotten, its sessions end, what it did stays in the log."""
    user.is_active = False
    user.password_hash, user.oidc_issuer, user.oidc_subject = None, None, None
    sessions.close_all(session, user.id)


def reactivate(session: Session, user: User) -> None:
    """Open a closed account again; only a new invitation lets somebody in."""
    user.is_active = True
    session.flush()


def _typed(account: str) -> str:
    """What somebody typed, as accounts are kept; a NUL, which PostgreSQL refuses to look for, is no letter of any."""
    return account.strip().lower().replace("\x00", "")


def _count_failure(session: Session, account: str, now: datetime) -> None:
    """One more failure, counted by the database itself so that guesses in parallel all count; for an unknown account, no row."""
    mine = update(User).where(User.account == account)
    session.execute(mine.values(failed_logins=User.failed_logins + 1), execution_options={"synchronize_session": False})
    failures = session.scalar(select(User.failed_logins).where(User.account == account)) or 0
    until = now + min(FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 8), LONGEST_LOCK) if failures >= FREE_FAILURES else None
    session.execute(mine.values(locked_until=until), execution_options={"synchronize_session": False})
