"""Tokens that let a partner's software, or its calendar, in: shown once, kept as digests, limited to a few scopes, revocable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.access import tokens
from riskmodel.access.policy import Granted, Role, Viewer
from riskmodel.errors import AccessRefused
from riskmodel.register.models import AccessEntry, ApiToken, Organisation

ACCOUNT = "jeton:"
"""How a token is written where an account is: no person's account holds a colon."""
LIVES = {30: "30 jours", 90: "3 mois", 365: "1 an"}
"""How many days a token may live."""


class Scope(StrEnum):
    """What a token opens."""

    READ = "referrals:read"
    WRITE = "referrals:write"
    IDENTITY = "identity:read"
    CALENDAR = "calendar:read"


SCOPES: dict[Scope, str] = {
    Scope.READ: "lire ses orientations et ses places",
    Scope.WRITE: "répondre à une orientation et noter son suivi",
    Scope.IDENTITY: "lire l'identité d'un ménage qui lui est orienté",
    Scope.CALENDAR: "s'abonner au calendrier de ses échéances",
}
"""Scopes as people say them."""


@dataclass(frozen=True)
class Bearer:
    """What a token stands for: a partner seen as one more account of its own, and the scopes it opens."""

    token_id: int
    organisation_id: int
    landlord_id: str
    scopes: frozenset[str]
    expires_at: datetime

    @property
    def account(self) -> str:
        """What the access log and the history of a referral keep of who acted."""
        return f"{ACCOUNT}{self.token_id}"

    @property
    def viewer(self) -> Viewer:
        """The viewer that the policy judges: an association's account, at this partner alone."""
        granted = Granted(Role.ASSOCIATION, self.landlord_id, None, self.organisation_id)
        return Viewer(0, self.account, f"Jeton n° {self.token_id}", (granted,))


@dataclass(frozen=True)
class Kept:
    """A token as its page lists it; `used_at` is the last line that it left in the access log."""

    token_id: int
    scopes: tuple[str, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


def create(session: Session, organisation_id: int, scopes: Iterable[str], days: int, *, by: str, now: datetime) -> str:
    """A new token of a partner, given this once; raises AccessRefused, every fault at once."""
    asked = sorted(set(scopes))
    faults = [*_odd(asked), *([] if days in LIVES else [f"Durée de {days} jours : choisissez {', '.join(LIVES.values())}."])]
    if faults:
        raise AccessRefused("\n".join(faults))
    token = tokens.new()
    made = {"created_at": now, "created_by": by, "expires_at": now + timedelta(days=days)}
    session.add(ApiToken(organisation_id=organisation_id, token_digest=tokens.digest(token), scopes=asked, **made))
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> Bearer | None:
    """What a token stands for now; None when it is unknown, revoked, too old, or its partner closed."""
    found = session.execute(
        select(ApiToken, Organisation.landlord_id)
        .join(Organisation, Organisation.id == ApiToken.organisation_id)
        .where(ApiToken.token_digest == tokens.digest(token), ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .where(Organisation.is_active)
    ).one_or_none()
    if found is None:
        return None
    row, landlord_id = found
    return Bearer(row.id, row.organisation_id, landlord_id, frozenset(row.scopes), row.expires_at)


def revoke(session: Session, organisation_id: int, token_id: int, now: datetime) -> bool:
    """Close a token of a partner for good; False when it was closed before. Raises AccessRefused for one it does not have."""
    row = session.scalar(select(ApiToken).filter_by(id=token_id, organisation_id=organisation_id))
    if row is None:
        raise AccessRefused(f"Jeton n° {token_id} : ce partenaire n'en a pas sous ce numéro. Rechargez la page.")
    is_new = row.revoked_at is None
    row.revoked_at = row.revoked_at or now
    session.flush()
    return is_new


def kept(session: Session, organisation_id: int) -> list[Kept]:
    """Every token of a partner, the newest first."""
    rows = session.scalars(select(ApiToken).filter_by(organisation_id=organisation_id).order_by(ApiToken.id.desc())).all()
    accounts = [f"{ACCOUNT}{row.id}" for row in rows]
    seen = select(AccessEntry.account, func.max(AccessEntry.at)).where(AccessEntry.account.in_(accounts))
    used = {row[0]: row[1] for row in session.execute(seen.group_by(AccessEntry.account))}
    return [
        Kept(row.id, tuple(row.scopes), row.created_at, row.created_by, row.expires_at, row.revoked_at, used.get(account))
        for row, account in zip(rows, accounts, strict=True)
    ]


def _odd(scopes: list[str]) -> list[str]:
    """What is wrong with the scopes asked for. A calendar's address holds its token, and addresses are kept by programs: such a
    token opens nothing else."""
    known = ", ".join(Scope)
    faults = [f"« {scope} » n'est pas une portée ; portées connues : {known}." for scope in scopes if scope not in set(Scope)]
    if not scopes:
        faults.append("Aucune portée : cochez au moins une chose que ce jeton permet.")
    if Scope.CALENDAR in scopes and len(scopes) > 1:
        faults.append("Un jeton de calendrier se lit dans une adresse : il ne permet rien d'autre. Créez deux jetons.")
    return faults
