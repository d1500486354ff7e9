"""What the law room is told of one lease as of a day: terms, balances, benefit, acts, plans, overindebtedness. No name, no score.

Codes are those of the delivery contract (docs/contract.md); money is integer cents; everything is what was known on that day.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Term:
    """One month's due of the lease. `rent_cents` holds the occupancy charge once the lease is terminated; `reduction_cents` (RLS)
    and `benefit_cents` (received, or expected in tiers payant) are positive and lower it; `unpaid_cents` is what is left unpaid
    of it, oldest first, on the day of the question."""

    due_on: date
    rent_cents: int
    charges_cents: int
    supplement_cents: int
    reduction_cents: int
    benefit_cents: int
    unpaid_cents: int

    @property
    def net_cents(self) -> int:
        """What the household itself had to find, never below zero."""
        return max(0, self.rent_cents + self.charges_cents + self.supplement_cents - self.reduction_cents - self.benefit_cents)


@dataclass(frozen=True)
class Balance:
    """Everything exigible at the end of a month: the legal balance, deposits left out."""

    on: date
    legal_cents: int


@dataclass(frozen=True)
class Benefit:
    """The newest known right to housing benefit: kind (apl, alf, als), monthly amount, `paid_to` (landlord, tenant), `state`
    (open, suspended, ended)."""

    kind: str
    amount_cents: int
    paid_to: str
    state: str


@dataclass(frozen=True)
class Act:
    """One step of a procedure on its day, which may be ahead when it is already planned; `hearing_on` when it sets a hearing."""

    step: str
    on: date
    amount_cents: int | None = None
    hearing_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """One repayment arrangement; `missed` instalments (current rent included, five days' tolerance) as of the day."""

    framework: str
    signed_on: date
    first_due_on: date
    instalment_cents: int
    instalments: int
    ended_on: date | None = None
    end_reason: str | None = None
    missed: int = 0


@dataclass(frozen=True)
class Stage:
    """One stage of an overindebtedness file."""

    step: str
    on: date


@dataclass(frozen=True)
class Lease:
    """One lease as the night knows it. `terms` (up to 24) and `balances` (month ends; empty when unknown) go from the oldest.

    `legal_cents` is everything exigible, `frozen_cents` what a plan or overindebtedness freezes of it, `technical_cents` what
    regularisations, provisional SLS and fees make of it (docs/ledger.md §§ 3 and 4). `paid_share_3` and `unpaid_terms_3` are
    those of docs/ledger.md § 5; None when unknown.
    """

    lease_id: str
    management_unit: str
    signed_on: date | None
    start_on: date
    terminated_on: date | None
    occupancy: str
    terms: tuple[Term, ...]
    legal_cents: int
    frozen_cents: int = 0
    technical_cents: int = 0
    benefit: Benefit | None = None
    acts: tuple[Act, ...] = ()
    plans: tuple[Plan, ...] = ()
    overindebtedness: tuple[Stage, ...] = ()
    paid_share_3: int | None = None
    unpaid_terms_3: int | None = None
    balances: tuple[Balance, ...] = ()
