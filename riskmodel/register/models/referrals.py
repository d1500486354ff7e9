"""What a case becomes with partners: conventions and their places, referrals and the moves they made, measures and their papers.

No name, no score, no free text: codes, days, accounts, and the facts that a convention lets a partner see.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from riskmodel.register.models.foundation import Base


class Convention(Base):
    """What a landlord and a partner signed for one scheme: fields they may share, units it covers (none named: all), its end."""

    __tablename__ = "conventions"
    __table_args__ = (UniqueConstraint("landlord_id", "organisation_id", "scheme", "signed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    scheme: Mapped[str]
    fields: Mapped[list[Any]]
    territories: Mapped[list[Any]]
    signed_on: Mapped[date]
    ends_on: Mapped[date | None]


class Worker(Base):
    """A partner's social worker, as a code and a share of full time in hundredths, from a day to another."""

    __tablename__ = "workers"
    __table_args__ = (UniqueConstraint("organisation_id", "code", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    code: Mapped[str]
    fte_hundredths: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class FundingLine(Base):
    """What one line of funding allows a partner for one scheme and year; a limit that is None does not bind."""

    __tablename__ = "funding_lines"
    __table_args__ = (UniqueConstraint("landlord_id", "organisation_id", "scheme", "code", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    scheme: Mapped[str]
    code: Mapped[str]
    year: Mapped[int]
    measures: Mapped[int | None]
    measure_months: Mapped[int | None]
    places: Mapped[int | None]
    households_per_worker: Mapped[int | None]


class Referral(Base):
    """One household proposed to one scheme, and where that stands. `facts` are frozen at the proposal, `declared` are answers
    of a closed list. At most one is open for a lease and scheme."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index(
            "uq_referrals_open",
            "landlord_id",
            "lease_id",
            "scheme",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
        Index("ix_referrals_partner", "organisation_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str] = mapped_column(index=True)
    management_unit: Mapped[str]
    lease_id: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id", ondelete="SET NULL"))
    scheme: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[str]
    facts: Mapped[dict[str, Any]]
    declared: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    closed_on: Mapped[date | None]


class Transition(Base):
    """One move of a referral: what, on which day, noted when and by whom. A move taken back stays, with who undid it."""

    __tablename__ = "transitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    on_day: Mapped[date]
    by: Mapped[str]
    code: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    details: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class GateCheck(Base):
    """One precondition of sharing, recorded: done, or lawfully absent (`state`, a code). At most one stands a kind."""

    __tablename__ = "gate_checks"
    __table_args__ = (
        Index(
            "uq_gate_checks_standing",
            "referral_id",
            "kind",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    kind: Mapped[str]
    state: Mapped[str]
    on_day: Mapped[date]
    recorded_at: Mapped[datetime]
    by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class Measure(Base):
    """An accepted referral that uses a place: whose, on which line, from when, for how long, and how it ended."""

    __tablename__ = "measures"
    __table_args__ = (UniqueConstraint("referral_id"), Index("ix_measures_line", "funding_line_id", "ended_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    landlord_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    scheme: Mapped[str]
    funding_line_id: Mapped[int | None] = mapped_column(ForeignKey("funding_lines.id"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    booked_on: Mapped[date]
    starts_on: Mapped[date | None]
    months: Mapped[int]
    planned_end_on: Mapped[date | None]
    slid_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end: Mapped[str | None]
    aftercare_until: Mapped[date | None]


class Signature(Base):
    """That a party signed a document of a measure, on a day."""

    __tablename__ = "signatures"
    __table_args__ = (UniqueConstraint("measure_id", "document", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"))
    document: Mapped[str]
    party: Mapped[str]
    signed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    by: Mapped[str]


class StepReport(Base):
    """A report that a measure owes (bilan d'étape, bilan final), due on a day, filed on another; its content is codes."""

    __tablename__ = "step_reports"
    __table_args__ = (UniqueConstraint("measure_id", "kind", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"))
    kind: Mapped[str]
    due_on: Mapped[date]
    filed_on: Mapped[date | None]
    codes: Mapped[dict[str, Any]]
    by: Mapped[str | None]


class SharedOut(Base):
    """How a week's referrals were shared out among partners: who was served, who was not and for want of what."""

    __tablename__ = "allocations"
    __table_args__ = (UniqueConstraint("landlord_id", "week", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord_id: Mapped[str]
    week: Mapped[str]
    made_at: Mapped[datetime]
    by: Mapped[str]
    result: Mapped[dict[str, Any]]


class ApiToken(Base):
    """What lets a partner's own software (or its calendar) in: the digest of a token, and the scopes it opens."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Notice(Base):
    """A message to a partner that something waits for it: a link, never whom it is about. Kept until it was sent."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("referral_id", "kind", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    kind: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
