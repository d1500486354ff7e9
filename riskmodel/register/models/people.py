"""Rights that households used, and what was removed when its time had come. Keys are pseudonymous, facts are codes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


class Objection(Base):
    """An objection to profiling (GDPR art. 21) recorded by the team, in force from `objected_on` until it is lifted."""

    __tablename__ = "objections"
    __table_args__ = (
        Index(
            "uq_objections_standing",
            "landlord_id",
            "lease_id",
            unique=True,
            sqlite_where=text("lifted_on IS NULL"),
            postgresql_where=text("lifted_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    lease_id: Mapped[str]
    objected_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str | None]


class Correction(Base):
    """A fact that a household says is wrong (GDPR art. 16): kept out of the score from `opened_on` until somebody settles it.

    `fact` is a code of a closed list, `stated` what the data say and `claimed` what the household says, as codes, days, cents.
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_lease", "landlord_id", "lease_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    lease_id: Mapped[str]
    fact: Mapped[str]
    stated: Mapped[dict[str, Any]]
    claimed: Mapped[dict[str, Any]]
    opened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    settled_on: Mapped[date | None]
    settled_by: Mapped[str | None]
    outcome: Mapped[str | None]


class Removal(Base):
    """The proof of one removal by a retention rule: what, how many, older than when. Never whose."""

    __tablename__ = "removals"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    removed_at: Mapped[datetime]
    rule: Mapped[str]
    store: Mapped[str]
    before_on: Mapped[date]
    removed: Mapped[int]
    digest: Mapped[str]
