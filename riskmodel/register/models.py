"""The register's tables. Keys are pseudonymous; no name, and no free text but the note of an approval."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables share one naming convention, so that migrations can name what they drop."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}


class DeliveryRow(Base):
    """A delivery that was judged. `ordinal` counts the accepted ones; `pins` are the lake versions it made visible."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("landlord_id", "as_of", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    as_of: Mapped[date]
    mode: Mapped[str]
    digest: Mapped[str]
    status: Mapped[str]
    ordinal: Mapped[int | None]
    pins: Mapped[dict[str, Any]]
    summary: Mapped[dict[str, Any]]


class Run(Base):
    """One step of one landlord's night, with what it counted: the coverage of a night is read here."""

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("landlord_id", "as_of", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    as_of: Mapped[date]
    step: Mapped[str]
    status: Mapped[str]
    summary: Mapped[dict[str, Any]]


class WeeklyList(Base):
    """The list of one unit for one ISO week, frozen: what was known, which tables scored it, how long it may be."""

    __tablename__ = "weekly_lists"
    __table_args__ = (UniqueConstraint("landlord_id", "management_unit", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    management_unit: Mapped[str]
    week: Mapped[str]
    as_of: Mapped[date]
    evidence: Mapped[dict[str, Any]]
    rows: Mapped[list["ListRow"]] = relationship(
        back_populates="weekly_list", cascade="all, delete-orphan", order_by="ListRow.position"
    )


class ListRow(Base):
    """One household on a list, with everything a reviewer saw: facts, reasons with their points, the change since last week."""

    __tablename__ = "list_rows"
    __table_args__ = (UniqueConstraint("list_id", "tab", "lease_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("weekly_lists.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    tab: Mapped[str]
    lease_id: Mapped[str]
    change: Mapped[str]
    facts: Mapped[dict[str, Any]]
    reasons: Mapped[list[Any]]
    weekly_list: Mapped[WeeklyList] = relationship(back_populates="rows")


class PointsTableRow(Base):
    """A points table proposed for a landlord, as its whole text. `digest` is that of its content; in force from `approved_on`
    (included) to `withdrawn_on` (left out). `approved_by` is an account, never a name; `note` stays in the register."""

    __tablename__ = "points_tables"
    __table_args__ = (UniqueConstraint("landlord_id", "name", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    version: Mapped[str]
    digest: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    proposed_on: Mapped[date]
    replay: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    status: Mapped[str]
    approved_by: Mapped[str | None]
    approved_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    note: Mapped[str | None]


class TrackRecord(Base):
    """What one past Sunday's list was worth once its window closed, for one score, one order of the rows and one stratum.

    `k` rows are listed; `listed` of them could be judged, `hits` had the event, `treated` were helped and are counted apart.
    `events` and `eligible` are those of all rows that could be listed and judged. `is_served` tells the order people saw.
    """

    __tablename__ = "track_records"
    __table_args__ = (UniqueConstraint("landlord_id", "score", "as_of", "kind", "model", "stratum"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    score: Mapped[str]
    as_of: Mapped[date]
    week: Mapped[str]
    kind: Mapped[str]
    model: Mapped[str]
    version: Mapped[str]
    is_served: Mapped[bool]
    stratum: Mapped[str]
    k: Mapped[int]
    listed: Mapped[int]
    hits: Mapped[int]
    treated: Mapped[int]
    events: Mapped[int | None]
    eligible: Mapped[int]
    lead_days: Mapped[float | None]


class DrawnRow(Base):
    """A household that a week's list shows because it was drawn, with the chance it had. Nobody is told before deciding.

    `event` (1, 0, None when it cannot be said) and `is_helped` are filled once the window has closed.
    """

    __tablename__ = "drawn_rows"
    __table_args__ = (UniqueConstraint("landlord_id", "week", "management_unit", "lease_id", "score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    week: Mapped[str]
    management_unit: Mapped[str]
    lease_id: Mapped[str]
    score: Mapped[str]
    stratum: Mapped[str]
    probability: Mapped[float]
    seed: Mapped[str]
    event: Mapped[int | None]
    is_helped: Mapped[bool | None]


class Decision(Base):
    """What a person decided about a row of a frozen list: a code of a closed list, a day, an account."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("landlord_id", "week", "management_unit", "lease_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    week: Mapped[str]
    management_unit: Mapped[str]
    lease_id: Mapped[str]
    code: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
