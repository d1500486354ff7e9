"""docs/ledger.md § 3 and § 4: the legal balance, and how much of it is late benefit, frozen, technical, current."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.months import day_in, is_within, shift
from tests.reference.plans import freeze, plan_in_force, still_to_come
from tests.reference.rhythm import payments
from tests.reference.rows import Account, Row
from tests.reference.terms import Term, benefit_advance, is_provisional, legal_balance, missing, net_term

TECHNICAL_KINDS = ("charge_adjustment", "fee", "penalty", "benefit_adjustment")
LAGS = {
    "direct_debit": 8,
    "transfer": 5,
    "card": 5,
    "cheque": 14,
    "cash": 5,
    "money_order": 8,
    "representative": 8,
    None: 5,
}


@dataclass(frozen=True)
class Debit:
    """What one day put on the account, in one class."""

    day: date
    is_technical: bool
    amount: int


def balance_features(account: Account, due: list[Term], as_of: date) -> dict[str, object]:
    """The balance features of one lease, by name."""
    legal = legal_balance(account, as_of)
    advance = benefit_advance(account, as_of)
    gap = _benefit_gap(account, due, as_of)
    tenant = legal + advance - gap
    owed = max(0, tenant)
    frozen = max(0, min(_frozen(account, as_of), owed))
    rest = owed - frozen
    unpaid = _unpaid(debits(account, due, as_of), rest)
    technical = sum(left for debit, left in unpaid if debit.is_technical)
    current = rest - technical if tenant > 0 else tenant
    in_transit = _in_transit(account, due, current, as_of)
    oldest = _oldest_unpaid(unpaid, current)
    found = {
        "erp_cents": sum(entry.amount_cents for entry in account.entries if entry.kind != "deposit"),
        "legal_cents": legal,
        "current_cents": current,
        "technical_cents": technical,
        "frozen_cents": frozen,
        "benefit_gap_cents": gap,
        "benefit_advance_cents": advance,
        "benefit_late_months": _late_months(due, gap, as_of),
        "in_transit_cents": in_transit,
        "overdue_cents": max(0, current) - in_transit,
        "oldest_unpaid_on": oldest,
        "oldest_unpaid_days": (as_of - oldest).days if oldest else 0,
        "technical_shock_cents": _technical_shock(account, as_of),
    }
    net = net_term(due, as_of)
    for name in ("current", "overdue", "legal"):
        found[f"{name}_terms"] = in_terms(found[f"{name}_cents"], net)
    return found


def in_terms(cents: int, net: int | None) -> float | None:
    """An amount as a number of net terms, in hundredths, rounded down."""
    return None if net is None else (100 * max(0, cents) // net) / 100


def debits(account: Account, due: list[Term], as_of: date) -> list[Debit]:
    """All debits up to the day, one a day and class, oldest first; a technical debit of less than 60 days is newer than all."""
    found: dict[tuple[date, bool], int] = {}
    for term in due:
        if term.net > 0:
            found[term.due_on, False] = found.get((term.due_on, False), 0) + term.net
    for entry in account.entries:
        is_technical = _is_technical(entry, account)
        if entry.value_on <= as_of and (is_technical or (entry.kind == "transfer" and entry.amount_cents > 0)):
            found[entry.value_on, is_technical] = found.get((entry.value_on, is_technical), 0) + entry.amount_cents
    all_debits = [Debit(day, is_technical, amount) for (day, is_technical), amount in found.items()]
    return sorted(all_debits, key=lambda debit: (_is_recent_shock(debit, as_of), debit.day, debit.is_technical))


def _is_recent_shock(debit: Debit, as_of: date) -> bool:
    return debit.is_technical and is_within(debit.day, 60, as_of)


def _benefit_gap(account: Account, due: list[Term], as_of: date) -> int:
    awaited = missing(due, as_of)
    if not awaited:
        return 0
    since = day_in(min(term.period for term in awaited), 1)
    recalled = sum(
        -entry.amount_cents
        for entry in account.entries
        if entry.kind == "benefit_adjustment" and entry.amount_cents < 0 and since <= entry.value_on <= as_of
    )
    return max(0, sum(term.counted for term in awaited) - recalled)


def _late_months(due: list[Term], gap: int, as_of: date) -> int:
    if gap == 0:
        return 0
    return sum(_usual_day(term) + timedelta(days=12) < as_of for term in missing(due, as_of))


def _usual_day(term: Term) -> date:
    return day_in(term.period, 25) if term.benefit_kind == "apl" else day_in(shift(term.period, 1), 5)


def _frozen(account: Account, as_of: date) -> int:
    plan = plan_in_force(account)
    return still_to_come(plan, as_of) if plan else freeze(account, as_of)


def _unpaid(debits_: list[Debit], rest: int) -> list[tuple[Debit, int]]:
    """What is unpaid is the newest of the debits: read them from the newest, until nothing is left to place."""
    found = []
    for debit in reversed(debits_):
        left = min(debit.amount, rest)
        rest -= left
        found.append((debit, left))
    return found[::-1]


def _oldest_unpaid(unpaid: list[tuple[Debit, int]], current: int) -> date | None:
    if current <= 0:
        return None
    days = [debit.day for debit, left in unpaid if not debit.is_technical and 10 * left > debit.amount]
    return min(days, default=None)


def _in_transit(account: Account, due: list[Term], current: int, as_of: date) -> int:
    used = {p.method for p in payments(account, as_of) if p.kind == "payment" and is_within(p.value_on, 365, as_of)}
    lag = timedelta(days=max(LAGS[method] for method in {account.lease.payment_method, *used}))
    recent = sum(term.net for term in due if term.due_on + lag > as_of)
    return max(0, min(recent, current))


def _is_technical(entry: Row, account: Account) -> bool:
    return entry.amount_cents > 0 and (entry.kind in TECHNICAL_KINDS or is_provisional(entry, account))


def _technical_shock(account: Account, as_of: date) -> int:
    return sum(e.amount_cents for e in account.entries if _is_technical(e, account) and is_within(e.value_on, 60, as_of))
