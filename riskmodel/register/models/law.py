"""What the law said of a landlord's leases on its newest night: situations, deadlines, statutory lists. Never a score."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


class LegalNight(Base):
    """The newest night of a landlord that the law was read on; the one before goes with all its rows."""

    __tablename__ = "legal_nights"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(unique=True)
    as_of: Mapped[date]


class LegalSituation(Base):
    """One lease before the law: what is owed, the step of the procedure, and the right to look at first, if one is at stake
    (`urgency_rank` orders them: the most pressing first).

    `facts` has the newest due term (`term`: None, or `due_on`, and in cents `rent`, `charges`, `supplement`, `reduction`) and
    the newest right to benefit (`benefit`: None, or `kind`, `amount`, `paid_to`, `state`). `constitution` has `is_met`, `on` (ISO
    day), `text`, `inputs` (pairs in French), `reference`, `to_confirm`, `doubts`; `rights` has one object a right at stake:
    `label`, `on`, `text`, `reference`, `to_confirm`.
    """

    __tablename__ = "legal_situations"
    __table_args__ = (Index("ix_legal_situations_night", "night_id", "management_unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(ForeignKey("legal_nights.id", ondelete="CASCADE"))
    management_unit: Mapped[str]
    lease_id: Mapped[str] = mapped_column(index=True)
    legal_cents: Mapped[int]
    claimable_cents: Mapped[int]
    first_default_on: Mapped[date | None]
    stage: Mapped[str]
    stage_on: Mapped[date | None]
    is_suspended: Mapped[bool]
    facts: Mapped[dict[str, Any]]
    constitution: Mapped[dict[str, Any]]
    rights: Mapped[list[Any]]
    urgency_rank: Mapped[int | None]
    urgency: Mapped[str | None]
    urgency_on: Mapped[date | None]
    urgency_text: Mapped[str | None]


class LegalDeadline(Base):
    """One date that the law counts from an event: what it is for, how it was counted. `due_on` is None when nobody can tell."""

    __tablename__ = "legal_deadlines"
    __table_args__ = (Index("ix_legal_deadlines_night", "night_id", "management_unit", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(ForeignKey("legal_nights.id", ondelete="CASCADE"))
    management_unit: Mapped[str]
    lease_id: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    label: Mapped[str]
    due_on: Mapped[date | None]
    who: Mapped[str]
    text: Mapped[str]
    explained: Mapped[str]
    reference: Mapped[str]
    to_confirm: Mapped[bool]
    done_on: Mapped[date | None]


class StatutoryRow(Base):
    """One line of a list that the law asks for. `due_on` is None when no date can be told."""

    __tablename__ = "statutory_rows"
    __table_args__ = (Index("ix_statutory_rows_night", "night_id", "list_code", "management_unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(ForeignKey("legal_nights.id", ondelete="CASCADE"))
    management_unit: Mapped[str]
    lease_id: Mapped[str] = mapped_column(index=True)
    list_code: Mapped[str]
    position: Mapped[int]
    due_on: Mapped[date | None]
    legal_cents: Mapped[int]
    why: Mapped[str]
    reference: Mapped[str]
    to_confirm: Mapped[bool]
