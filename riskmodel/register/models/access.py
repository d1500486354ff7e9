"""Who may enter and what they did: organisations, users, their grants, sessions, and the chained access log.

The only names kept here are those of professionals who work with the product, on their own account.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from riskmodel.register.models.foundation import Base


class Organisation(Base):
    """A landlord, an agency of one (`code` is its management unit), a partner association or a commission (CCAPEX); how to reach
    it, as documents and notices say: `address` in lines."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("kind", "landlord_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    landlord_id: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    name: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    address: Mapped[list[Any]] = mapped_column(default=list)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")


class User(Base):
    """An account. `account` is its identifier everywhere; without a password hash it enters by OpenID Connect or not at all."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str | None]
    oidc_issuer: Mapped[str | None]
    oidc_subject: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]
    grants: Mapped[list["Grant"]] = relationship(cascade="all, delete-orphan", order_by="Grant.id")


class Grant(Base):
    """A role in a place: a landlord; one of its units when `management_unit` is given; one partner when `organisation_id` is."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "landlord_id", "management_unit", "organisation_id", name="uq_grants_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    landlord_id: Mapped[str]
    management_unit: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))


class Invitation(Base):
    """A link that sets a password once. Only the digest of its token is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Session(Base):
    """An open browser session: the digest of its cookie, and the token its forms carry."""

    __tablename__ = "sessions"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AccessEntry(Base):
    """One line of the access log. `digest` covers the line and the digest of the one before, so that a change anywhere shows."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_lease", "landlord_id", "lease_id"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account: Mapped[str | None]
    action: Mapped[str]
    landlord_id: Mapped[str | None]
    management_unit: Mapped[str | None]
    lease_id: Mapped[str | None]
    result: Mapped[str]
    digest: Mapped[str]
