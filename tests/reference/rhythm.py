"""docs/ledger.md § 5: is each term paid by the time it can be judged, and is the day of payment drifting."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tests.reference.months import day_in, is_within
from tests.reference.rows import Account, Row
from tests.reference.terms import JUDGED_AFTER, Term, charge, is_ordinary_credit, is_term_entry, missing, net_term, terms

MONEY_KINDS = ("payment", "payment_rejected", "third_party_payment")
CREDIT_KINDS = ("charge_adjustment", "transfer")


@dataclass(frozen=True)
class Judged:
    """The terms of one due date, and what came in their window (`opens_on` excluded, `judged_on` included), in cents."""

    due_on: date
    opens_on: date
    judged_on: date
    net: int
    paid: int
    first_payment_on: date | None


def payments(account: Account, as_of: date) -> list[Row]:
    """Payments that stand: those that a reject reversed are left out."""
    reversed_ids = {entry.reverses for entry in account.entries if entry.kind == "payment_rejected"}
    return [
        entry
        for entry in account.entries
        if entry.kind in ("payment", "third_party_payment") and entry.value_on <= as_of and entry.entry_id not in reversed_ids
    ]


def money_received(account: Account, after: date, until: date) -> int:
    """Cents that came in over a window, rejects taken off, and what the household was asked less for."""
    return -sum(e.amount_cents for e in account.entries if after < e.value_on <= until and _is_money(e))


def payment_methods(standing: list[Row]) -> dict[date, str]:
    """Method of the household's own payments by day, unknown ones left out; of several, the last in alphabetical order."""
    found: dict[date, str] = {}
    for entry in standing:
        if entry.kind == "payment" and entry.method is not None:
            found[entry.value_on] = max(entry.method, found.get(entry.value_on, ""))
    return found


def judged_terms(account: Account, due: list[Term], as_of: date) -> list[Judged]:
    """All judged terms of the lease, oldest first."""
    nets: dict[date, int] = {}
    for term in due:
        if term.due_on + JUDGED_AFTER <= as_of:
            nets[term.due_on] = nets.get(term.due_on, 0) + term.net
    standing = payments(account, as_of)
    found = []
    opens_on = None
    for due_on in sorted(nets):
        judged_on = due_on + JUDGED_AFTER
        opens_on = opens_on or judged_on - timedelta(days=31)
        paid = money_received(account, opens_on, judged_on)
        first = min((p.value_on for p in standing if opens_on < p.value_on <= judged_on), default=None)
        found.append(Judged(due_on, opens_on, judged_on, nets[due_on], paid, first))
        opens_on = judged_on
    return found


def rhythm_features(account: Account, due: list[Term], as_of: date, overdue: int) -> dict[str, object]:
    """The rhythm features of one lease, by name; `overdue` is its overdue current debt, in cents."""
    every = judged_terms(account, due, as_of)
    judged = every[-12:]
    unpaid = [term for term in not_fully_paid(every[-15:], account, as_of) if term in judged]
    last = judged[-3:]
    short = sum(term.net - term.paid for term in judged if is_within(term.due_on, 115, as_of))
    net, paid = sum(term.net for term in last), sum(term.paid for term in last)
    delay, delay_before = _mean_delay(last), _mean_delay(judged[:-3])
    mean = net_term(due, as_of) if len(last) == 3 else None
    return {
        "judged_terms": len(judged),
        "unpaid_terms_3": sum(term in last and is_within(term.due_on, 125, as_of) for term in unpaid),
        "unpaid_terms_6": sum(term in judged[-6:] and is_within(term.due_on, 215, as_of) for term in unpaid),
        "unpaid_terms_12": sum(is_within(term.due_on, 365, as_of) for term in unpaid),
        "paid_share_3": max(0, 100 * paid // net) if mean and net > 0 else None,
        "debt_rise_3_terms": (100 * max(0, min(short, overdue)) // mean) / 100 if mean else 0.0,
        "payment_delay_days": delay,
        "payment_delay_drift_days": None if delay is None or delay_before is None else delay - delay_before,
        **_payments_and_rejects(account, as_of),
    }


def not_fully_paid(judged: list[Judged], account: Account, as_of: date) -> list[Judged]:
    """The judged terms of which more than a tenth is missing, both from what came or was carried and from the own account."""
    every = terms(account, as_of)
    owed = [_own_account(term, account, every, as_of) for term in judged]
    found = []
    for number, term in enumerate(judged):
        carried = max(0, min(owed[number - 2], owed[number - 3]) - owed[number - 1]) if number >= 3 else 0
        if term.net > 0 and 10 * min(term.net - term.paid - carried, owed[number]) > term.net:
            found.append(term)
    return found


def _own_account(judged: Judged, account: Account, every: list[Term], as_of: date) -> int:
    """What the household itself owed on the judging day, negative when it was ahead."""
    due = [term for term in every if term.due_on <= as_of]
    charged = sum(charge(term, as_of) for term in due if term.due_on <= judged.due_on)
    awaited = missing(due, as_of)
    since = day_in(min(term.period for term in awaited), 1) if awaited else date.max
    moved = recalled = 0
    for entry in account.entries:
        until = judged.opens_on if entry.kind == "write_off" else judged.judged_on
        if entry.kind == "deposit" or is_term_entry(entry, account) or entry.value_on > until:
            continue
        if entry.kind == "housing_benefit" and not is_ordinary_credit(entry, every, as_of):
            continue
        if entry.kind == "benefit_adjustment" and entry.amount_cents < 0 and entry.value_on >= since:
            recalled -= entry.amount_cents
        else:
            moved += entry.amount_cents
    return charged + moved - max(0, recalled - sum(term.counted for term in awaited))


def _is_money(entry: Row) -> bool:
    return entry.kind in MONEY_KINDS or (entry.kind in CREDIT_KINDS and entry.amount_cents < 0)


def _mean_delay(judged: list[Judged]) -> int | None:
    delays = [(term.first_payment_on - term.due_on).days for term in judged if term.first_payment_on]
    return sum(delays) // len(delays) if delays else None


def _payments_and_rejects(account: Account, as_of: date) -> dict[str, object]:
    standing = payments(account, as_of)
    rejects = [e.value_on for e in account.entries if e.kind == "payment_rejected" and is_within(e.value_on, 120, as_of)]
    newest_payment = max((entry.value_on for entry in standing), default=None)
    is_open = bool(rejects) and (newest_payment is None or newest_payment <= max(rejects))
    return {
        "days_since_payment": (as_of - newest_payment).days if newest_payment else None,
        "rejects_120d": len(rejects),
        "reject_unpaid_days": (as_of - max(rejects)).days if is_open else 0,
        "method_changes_365d": _method_changes(standing, as_of),
    }


def _method_changes(standing: list[Row], as_of: date) -> int:
    own = [entry for entry in standing if entry.method != "representative" and is_within(entry.value_on, 365, as_of)]
    methods = [method for _, method in sorted(payment_methods(own).items())]
    return sum(before != after for before, after in pairwise(methods))
