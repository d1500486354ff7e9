"""What people do with a list: reading, deciding, taking back, approving, and the cases that decisions open."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


class Decision(Base):
    """What a person decided about a row of a frozen list: a code of a closed list, a day, an account, and where one acts or
    waits, a reason of a closed list. `paused_until` goes with « pause » alone. A decision taken back stays, with who undid it."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index(
            "uq_decisions_standing",
            "landlord_id",
            "week",
            "management_unit",
            "lease_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_decisions_lease", "landlord_id", "lease_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    week: Mapped[str]
    management_unit: Mapped[str]
    lease_id: Mapped[str]
    code: Mapped[str]
    reason: Mapped[str | None]
    paused_until: Mapped[date | None]
    decided_on: Mapped[date]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class Review(Base):
    """The review of one unit's list for one week, from the first time it was opened to its approval."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("landlord_id", "week", "management_unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    week: Mapped[str]
    management_unit: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None]


class Reading(Base):
    """The seconds one person spent on one row of a list, added up over the times it was shown to them."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("review_id", "lease_id", "account"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))
    lease_id: Mapped[str]
    account: Mapped[str]
    opened_at: Mapped[datetime]
    seconds: Mapped[int]


class Case(Base):
    """What a decision opened for a household and somebody still has to do. One open case a lease and kind."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_unit", "landlord_id", "management_unit", "closed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    management_unit: Mapped[str]
    lease_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"), index=True)
    opened_on: Mapped[date]
    opened_by: Mapped[str]
    due_on: Mapped[date]
    assigned_to: Mapped[str | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str | None]
    end: Mapped[str | None]


class Capacity(Base):
    """Rows a unit can review in a week and the minutes it has for them, from a day on; the newest one in force counts."""

    __tablename__ = "capacities"
    __table_args__ = (UniqueConstraint("landlord_id", "management_unit", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    management_unit: Mapped[str]
    rows_a_week: Mapped[int]
    reviewer_minutes: Mapped[int]
    from_on: Mapped[date]
    set_by: Mapped[str]
