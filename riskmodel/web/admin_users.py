"""Utilisateurs: who has an account, in which role; invited by a link shown once, granted, deactivated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from sqlalchemy import select

from riskmodel.access import accounts, grants, invitations
from riskmodel.access.policy import ROLE_LABELS, Action, Granted, Place, Role, may
from riskmodel.access.viewers import viewer_of
from riskmodel.errors import AccessRefused
from riskmodel.register import households, organisations
from riskmodel.register.models import Grant, User
from riskmodel.web import admin
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
USERS = "/admin/utilisateurs"
ACCOUNT = USERS + "/{landlord_id}/{account}"
LONGEST_NUMBER = 10


@dataclass(frozen=True)
class Line:
    """One account as the page shows it; `can_change` is False for the viewer's own, and for one with a role elsewhere."""

    account: str
    display_name: str
    email: str
    grants: tuple[Granted, ...]
    is_active: bool
    is_waiting: bool
    locked_until: datetime | None
    last_login_at: datetime | None
    can_change: bool


@routes.get(USERS, Action.USERS)
def users(asked: Asked, bailleur: str = "") -> Response:
    """Accounts with a role at a landlord."""
    return _page(asked, **admin.chosen(asked, Action.USERS, bailleur))


@routes.post(USERS + "/{landlord_id}", Action.USERS)
def create(asked: Asked, landlord_id: str) -> Response:
    """A new account with its first role, and the link that opens it."""
    form = asked.form
    account, name, email = form.get("account", ""), form.get("name", "").strip(), form.get("email", "").strip()
    if not name or "@" not in email:
        raise AccessRefused("Il faut un nom affiché et une adresse professionnelle (avec « @ »).")
    user = accounts.create(asked.session, account, name, email, [_granted(asked, landlord_id)], asked.now)
    return _invited(asked, landlord_id, user)


@routes.post(ACCOUNT + "/inviter", Action.USERS)
def invite(asked: Asked, landlord_id: str, account: str) -> Response:
    """A new link, in place of the former one."""
    return _invited(asked, landlord_id, _governed(asked, landlord_id, account))


@routes.post(ACCOUNT + "/attribuer", Action.USERS)
def give(asked: Asked, landlord_id: str, account: str) -> Response:
    """One more role."""
    user, granted = _governed(asked, landlord_id, account), _granted(asked, landlord_id)
    is_new = grants.give(asked.session, user, granted)
    return _back(asked, landlord_id, f"{account} : {_told(asked, granted)}{'' if is_new else ', déjà attribué'}.")


@routes.post(ACCOUNT + "/retirer", Action.USERS)
def take(asked: Asked, landlord_id: str, account: str) -> Response:
    """One role less; the account's sessions end."""
    user, granted = _governed(asked, landlord_id, account), _granted(asked, landlord_id)
    had = grants.take(asked.session, user, granted)
    return _back(asked, landlord_id, f"{account} : {_told(asked, granted)} {'retiré' if had else 'n’était pas attribué'}.")


@routes.post(ACCOUNT + "/desactiver", Action.USERS)
def deactivate(asked: Asked, landlord_id: str, account: str) -> Response:
    """Nobody enters by this account any more; what it did stays in the log."""
    accounts.deactivate(asked.session, _governed(asked, landlord_id, account))
    return _back(asked, landlord_id, f"{account} : désactivé, ses sessions sont closes.")


@routes.post(ACCOUNT + "/reactiver", Action.USERS)
def reactivate(asked: Asked, landlord_id: str, account: str) -> Response:
    """Open an account again: with a new invitation, since its password was forgotten."""
    user = _governed(asked, landlord_id, account)
    accounts.reactivate(asked.session, user)
    return _invited(asked, landlord_id, user)


def _page(asked: Asked, landlord_id: str, landlords: list[str], **shown: str) -> Response:
    held = select(Grant.user_id).where(Grant.landlord_id == landlord_id)
    orphans = ~select(Grant.id).where(Grant.user_id == User.id).exists()
    found = asked.session.scalars(select(User).where(User.id.in_(held) | orphans).order_by(User.account))
    units = households.units(asked.session, landlord_id)
    return admin.page(
        asked,
        "users.html",
        lines=[_line(asked, user) for user in found],
        roles=[(role.value, label) for role, label in ROLE_LABELS.items()],
        units=_named(units, organisations.names(asked.session, landlord_id, "agency")),
        partners={row.id: row.name for row in organisations.partners(asked.session, landlord_id) if row.is_active},
        landlord_id=landlord_id,
        landlords=landlords,
        link=shown.get("link"),
        invited=shown.get("invited"),
    )


def _named(units: Iterable[str], names: dict[str, str]) -> list[tuple[str, str]]:
    return [(unit, f"{unit} – {names[unit]}" if names.get(unit, unit) != unit else unit) for unit in units]


def _line(asked: Asked, user: User) -> Line:
    is_locked = user.locked_until is not None and user.locked_until > asked.now
    return Line(
        account=user.account,
        display_name=user.display_name,
        email=user.email,
        grants=viewer_of(user).grants,
        is_active=user.is_active,
        is_waiting=user.password_hash is None and user.oidc_subject is None,
        locked_until=user.locked_until if is_locked else None,
        last_login_at=user.last_login_at,
        can_change=grants.may_govern(asked.viewer, user),
    )


def _invited(asked: Asked, landlord_id: str, user: User) -> Response:
    """The page with the link, which is shown this once: only its digest is kept."""
    token = invitations.invite(asked.session, user.id, asked.now)
    base = asked.settings.public_url or str(asked.request.base_url).rstrip("/")
    return _page(
        asked, landlord_id, admin.landlords(asked, Action.USERS), link=f"{base}/invitation/{token}", invited=user.account
    )


def _governed(asked: Asked, landlord_id: str, account: str) -> User:
    """The account, when its roles all lie where the viewer keeps accounts; the same page as for an unknown one otherwise."""
    user = accounts.find(asked.session, account)
    if user is None or not grants.may_govern(asked.viewer, user):
        raise PageUnknown(f"{account} : aucun compte de ce nom que vous puissiez changer. Le vôtre, un autre le tient.")
    if user.grants and all(grant.landlord_id != landlord_id for grant in user.grants):
        raise PageUnknown(f"{account} : ce compte n’a aucun rôle chez {landlord_id}.")
    return user


def _granted(asked: Asked, landlord_id: str) -> Granted:
    """The role that a form names, in a unit of the landlord or the whole of it."""
    role, unit = asked.form.get("role", ""), asked.form.get("unit", "") or None
    if role not in set(Role):
        raise AccessRefused("Choisissez un rôle dans la liste.")
    if unit is not None and unit not in households.units(asked.session, landlord_id):
        raise AccessRefused(f"Unité « {unit} » inconnue chez {landlord_id} : choisissez-la dans la liste.")
    if not may(asked.viewer, Action.USERS, Place(landlord_id, unit)):
        raise AccessRefused("Ce rôle est hors de ce que vous tenez.")
    return Granted(Role(role), landlord_id, unit, _partner(asked.form.get("partner", "")))


def _partner(number: str) -> int | None:
    """The partner that a form names; what cannot be one is refused like an unknown one."""
    return None if not number else int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 0


def _told(asked: Asked, granted: Granted) -> str:
    names = {row.id: row.name for row in organisations.partners(asked.session, granted.landlord_id)}
    where = f"unité {granted.management_unit}" if granted.management_unit else "toutes les unités"
    return f"{ROLE_LABELS[granted.role]}, {names.get(granted.organisation_id or 0, where)}"


def _back(asked: Asked, landlord_id: str, said: str) -> Response:
    return asked.go(f"{USERS}?bailleur={landlord_id}", said)
