"""What arrived and what was done with it: deliveries, and the steps of a night."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


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
