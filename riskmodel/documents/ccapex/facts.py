"""What a dossier says, as plain JSON: frozen with the case, read again to print it. Where each part comes from: docs/ccapex.md.

Money is in integer cents, days are ISO texts, codes are already French labels. No name, no score, no free text.
"""

from dataclasses import dataclass
from typing import TypedDict

SCHEMA = 1
"""Changed when a field changes its name or its meaning."""


class Landlord(TypedDict):
    """Who brings the case: a service, never a person."""

    landlord_id: str
    name: str
    siren: str
    address: list[str]
    phone: str
    email: str
    management_unit: str


class Rule(TypedDict):
    """One thing that the law says, with its reference, and whether a jurist has yet to confirm it."""

    text: str
    reference: str
    to_confirm: bool


class Lease(TypedDict):
    """The lease and its dwelling; `clause` is the delay of a payment order under it, `people` counts by role in French."""

    lease_id: str
    signed_on: str | None
    started_on: str
    terminated_on: str | None
    occupancy: str
    rent_term: str
    clause: Rule
    typology: str | None
    floor_area_m2: str | None
    people: dict[str, int]


class Benefit(TypedDict):
    """The newest known right to housing benefit."""

    kind: str
    amount_cents: int
    paid_to: str
    state: str


class Charge(TypedDict):
    """The newest due term: what it called, what it took off, what was left to the household."""

    due_on: str | None
    rent_cents: int | None
    charges_cents: int | None
    supplement_cents: int
    reduction_cents: int
    benefit_cents: int
    net_cents: int
    benefit: Benefit | None


class Month(TypedDict):
    """What moved on the account in a month, in the ledger's sign (positive raises what is owed), and the balance at its end."""

    month: str
    called_cents: int
    supplement_cents: int
    adjusted_cents: int
    benefit_cents: int
    paid_cents: int
    third_party_cents: int
    other_cents: int
    balance_cents: int


MOVEMENTS = tuple(name for name in Month.__annotations__ if name not in ("month", "balance_cents"))
"""Columns of a month that add up to its movement."""


class Payment(TypedDict):
    """The last payment of the household."""

    on: str
    amount_cents: int


class Debt(TypedDict):
    """What is owed on the day. `claimable_cents` leaves out what overindebtedness forbids to pay; `net_terms_hundredths` is the
    debt in hundredths of net terms; the opening balance and every month's movements make `legal_cents`."""

    legal_cents: int
    claimable_cents: int
    technical_cents: int
    frozen_cents: int
    net_terms_hundredths: int | None
    first_default_on: str | None
    last_payment: Payment | None
    opening_cents: int
    months: list[Month]


class Contact(TypedDict):
    """One attempt to reach the household, or one call from it."""

    on: str
    direction: str
    channel: str
    topic: str
    outcome: str


class Plan(TypedDict):
    """One repayment arrangement; `missed` instalments on the day."""

    framework: str
    signed_on: str
    instalment_cents: int
    instalments: int
    missed: int
    ended_on: str | None
    end_reason: str | None


class Step(TypedDict):
    """One step of a procedure or of an overindebtedness file."""

    on: str
    label: str
    amount_cents: int | None
    hearing_on: str | None


class Measure(TypedDict):
    """One help already proposed, and how it stands or ended."""

    scheme: str
    partner: str | None
    since: str
    state: str
    end: str | None


class Law(TypedDict):
    """The lease before the law on the day: constituted arrears, rights at stake, next dates with their computation."""

    constitution: Rule
    rights: list[Rule]
    deadlines: list[Rule]


class Dossier(TypedDict):
    """Everything that is brought to the commission about one household."""

    schema: int
    as_of: str
    is_synthetic: bool
    landlord: Landlord
    lease: Lease
    charge: Charge
    debt: Debt
    contacts: list[Contact]
    plans: list[Plan]
    overindebtedness: list[Step]
    procedure: list[Step]
    measures: list[Measure]
    law: Law
    asks: list[str]
    views: list[str]
    declared: dict[str, str | None]


@dataclass(frozen=True)
class Household:
    """Who the household is, read when a dossier is printed and kept nowhere; empty on one that is printed without it."""

    names: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
