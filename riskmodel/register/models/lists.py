"""Weekly lists as people see them: frozen rows, the file of each household, what was drawn by chance."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from riskmodel.register.models.foundation import Base


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
    lease_id: Mapped[str] = mapped_column(index=True)
    change: Mapped[str]
    facts: Mapped[dict[str, Any]]
    reasons: Mapped[list[Any]]
    weekly_list: Mapped[WeeklyList] = relationship(back_populates="rows")


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


class HouseholdFile(Base):
    """What the household page of a frozen list shows beside its rows, frozen with it: one entry a lease of the list.

    `series` has one object a month, oldest first, 24 at most: `month` ("2026-10"), and in cents `rent`, `charges`, `sls`, `rls`,
    `benefit` (received by the landlord), `benefit_due`, `net`, `paid`, `other`, `balance` (at the end of the month).
    `timeline` has one object an event, newest first: `on` (ISO day), `kind` (contact, obligation, plan, procedure, benefit,
    overindebtedness), `text` (French, made of codes and amounts alone).
    `balances` holds, in cents, `current`, `technical`, `frozen`, `legal`, and what makes them add up: `benefit_gap`,
    `benefit_advance`. `waterfall` has one object a score shown on the list: `score`, `title`, `version`, `minimum`, `total`, and
    `steps`, each with its `text` and `points`. What would have removed a flag stands on its row.
    """

    __tablename__ = "household_files"
    __table_args__ = (UniqueConstraint("list_id", "lease_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("weekly_lists.id", ondelete="CASCADE"))
    lease_id: Mapped[str]
    series: Mapped[list[Any]]
    timeline: Mapped[list[Any]]
    balances: Mapped[dict[str, Any]]
    waterfall: Mapped[list[Any]]


class Household(Base):
    """The leases a landlord's last night knew, and the unit that follows each: what a right of access is checked against."""

    __tablename__ = "households"
    __table_args__ = (UniqueConstraint("landlord_id", "lease_id"), Index("ix_households_unit", "landlord_id", "management_unit"))

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    lease_id: Mapped[str]
    household_id: Mapped[str]
    management_unit: Mapped[str]
    as_of: Mapped[date]
