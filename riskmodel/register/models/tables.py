"""Points tables, and what past lists made with them were worth."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


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
