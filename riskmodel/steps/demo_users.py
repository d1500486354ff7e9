"""One account per role on the demo landlord, so that anybody can see the product through each pair of eyes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import accounts, grants, passwords
from riskmodel.access.policy import ROLE_LABELS, Granted, Role
from riskmodel.demo.inbox import LANDLORD
from riskmodel.errors import AccessRefused, NothingKnown
from riskmodel.register import households, open_register, organisations
from riskmodel.register.models import User, WeeklyList
from riskmodel.settings import Settings, landlord

PASSWORD = "brume-sur-l-estuaire"
"""Published with the product: it opens invented households alone."""
WITH_ONE_UNIT = (Role.CONTENTIEUX,)
PARTNER = ("demo", "Association de démonstration (données synthétiques)")
"""Code and name of the partner that is made where there is none."""
NOWHERE = "nulle-part.invalid"
"""Domain of the demo addresses: reserved, so that no mail ever arrives."""


def install(settings: Settings, now: datetime, landlord_id: str = LANDLORD) -> list[tuple[str, str, str]]:
    """Account, password and French role of each demo user; doing it again changes nothing and signs nobody out.

    Raises AccessRefused for a landlord that is not synthetic, NothingKnown before its first night.
    """
    if not landlord(settings, landlord_id).is_synthetic:
        raise AccessRefused(
            f"{landlord_id} : comptes de démonstration refusés, leur mot de passe est public et ce bailleur n'est pas "
            "synthétique. Créez les comptes un à un : « riskmodel users add »."
        )
    with open_register(settings.register_url).begin() as session:
        unit, partner = _first_unit(session, landlord_id), _first_partner(session, landlord_id)
        for role in Role:
            whose = unit if role in WITH_ONE_UNIT else None, partner if role is Role.ASSOCIATION else None
            _keep(session, Granted(role, landlord_id, *whose), now)
    return [(account_of(role), PASSWORD, ROLE_LABELS[role]) for role in Role]


def account_of(role: Role) -> str:
    """The demo account of a role."""
    return f"demo-{role}"


def _keep(session: Session, granted: Granted, now: datetime) -> None:
    account = account_of(granted.role)
    user = accounts.find(session, account) or _new(session, account, granted, now)
    if not any(row.role == granted.role and row.organisation_id for row in user.grants):
        grants.give(session, user, granted)
    user.is_active = True
    if not passwords.matches(PASSWORD, user.password_hash):
        accounts.set_password(session, user, PASSWORD)


def _new(session: Session, account: str, granted: Granted, now: datetime) -> User:
    name = f"{ROLE_LABELS[granted.role]} (démonstration)"
    return accounts.create(session, account, name, f"{account}@{NOWHERE}", [granted], now)


def _first_unit(session: Session, landlord_id: str) -> str:
    listed = select(WeeklyList.management_unit).filter_by(landlord_id=landlord_id).order_by(WeeklyList.management_unit)
    known = households.units(session, landlord_id) or session.scalars(listed).all()
    if not known:
        raise NothingKnown(f"{landlord_id} : aucune agence connue, car aucune nuit n'a tourné. Lancez d'abord « make demo ».")
    return known[0]


def _first_partner(session: Session, landlord_id: str) -> int:
    """The partner whose eyes one sees through: the first that works with the landlord, an invented one when none does."""
    known = [row.id for row in organisations.partners(session, landlord_id) if row.is_active]
    return min(known) if known else organisations.declare(session, "association", landlord_id, *PARTNER)
