"""Sessions of the eviction-prevention commission, cases brought to them, who sat, what was said of each: codes and days."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


class CommissionSession(Base):
    """One sitting: its day, the last day on which a case may be brought to it, and whether it is over."""

    __tablename__ = "ccapex_sessions"
    __table_args__ = (
        Index(
            "uq_ccapex_sessions_standing",
            "landlord_id",
            "kind",
            "held_on",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    kind: Mapped[str]
    held_on: Mapped[date]
    closes_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]


class CommissionCase(Base):
    """One household brought to a session, in its order. `facts` are the dossier as it was frozen, None before; a case that was
    withdrawn stays, with who withdrew it."""

    __tablename__ = "ccapex_cases"
    __table_args__ = (
        Index(
            "uq_ccapex_cases_standing",
            "session_id",
            "lease_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_ccapex_cases_lease", "landlord_id", "lease_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("ccapex_sessions.id", ondelete="CASCADE"))
    landlord_id: Mapped[str]
    management_unit: Mapped[str]
    lease_id: Mapped[str]
    position: Mapped[int]
    origin: Mapped[str]
    asks: Mapped[list[Any]]
    views: Mapped[list[Any]]
    declared: Mapped[dict[str, Any]]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None]
    as_of: Mapped[date | None]
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[str | None]
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class Attendance(Base):
    """Whether a seat was held at a session."""

    __tablename__ = "ccapex_attendances"
    __table_args__ = (UniqueConstraint("session_id", "seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("ccapex_sessions.id", ondelete="CASCADE"))
    seat: Mapped[str]
    state: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class Opinion(Base):
    """What a session said of a case, to whom and by when; followed until it is done, kept when it was taken back."""

    __tablename__ = "ccapex_opinions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("ccapex_cases.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    code: Mapped[str]
    scheme: Mapped[str | None]
    addressee: Mapped[str]
    due_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    done_on: Mapped[date | None]
    done_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
