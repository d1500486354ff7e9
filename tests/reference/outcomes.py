"""docs/outcomes.md § 3 to § 6 read again, lease by lease and day by day: slow, plain, and the judge of the SQL.

In: the tables as known on the day and on the closing day, the features of the day. Out: one row a lease, the outcome columns.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tests.reference.balances import TECHNICAL_KINDS
from tests.reference.contact import has_come_back, has_failed, is_two_way
from tests.reference.months import month_of, months_later, shift
from tests.reference.plans import instalments_due, plan_in_force
from tests.reference.rows import Account, Row, accounts
from tests.reference.terms import TERM_KINDS, Term, is_provisional, terms

COLUMNS = [
    "lease_id",
    *("derive_on", "derive_end", "derive_end_on"),
    *("decrochage_on", "decrochage_way", "decrochage_end", "decrochage_end_on"),
    *("attempted", "known_until"),
]
PAYMENTS = ("payment", "payment_rejected", "third_party_payment")
Dates = dict[str, tuple[date | None, date | None]]
"""Objection and death of each lease that has one."""
Stop = tuple[date, str]


@dataclass(frozen=True)
class Watch:
    """One lease as it was on the day, as it is on the closing day, and the features of the day."""

    then: Account
    now: Account
    features: dict[str, Any]
    as_of: date
    closing: date

    def days(self, first: int, last: int) -> Iterator[date]:
        """The days A + first to A + last."""
        return (self.as_of + timedelta(days=number) for number in range(first, last + 1))

    def is_after(self, day: date) -> bool:
        """Whether a day is in (A, W]."""
        return self.as_of < day <= self.closing


def outcomes(
    then: dict[str, pd.DataFrame],
    now: dict[str, pd.DataFrame],
    features: dict[str, dict[str, Any]],
    dates: Dates,
    as_of: date,
    last_delivery: date,
) -> pd.DataFrame:
    """Outcomes of every lease that has features on `as_of`, in order of lease; unknown values are None."""
    closing = min(as_of + timedelta(days=195), last_delivery)
    before, after = ({account.lease.lease_id: account for account in accounts(tables)} for tables in (then, now))
    starts = defaultdict(list)
    for account in after.values():
        starts[account.lease.household_id].append((account.lease.lease_id, account.lease.start_date))
    found = []
    for lease_id in sorted(features):
        if lease_id not in after:
            found.append(_unwatched(lease_id, before[lease_id], as_of))
            continue
        watch = Watch(before[lease_id], after[lease_id], features[lease_id], as_of, closing)
        elsewhere = [start for other, start in starts[features[lease_id]["household_id"]] if other != lease_id]
        found.append(_outcome(watch, elsewhere, dates.get(lease_id, (None, None))))
    return pd.DataFrame(found, columns=COLUMNS, dtype=object)


def _unwatched(lease_id: str, account: Account, as_of: date) -> dict[str, object]:
    ends = {f"{score}_{name}": value for score in ("derive", "decrochage") for name, value in _history_ends(as_of)}
    attempted = None if "contacts" in account.missing else False
    return {"lease_id": lease_id, **ends, "attempted": attempted, "known_until": as_of}


def _history_ends(day: date) -> tuple[tuple[str, object], ...]:
    return (("end", "history_ends"), ("end_on", day))


def _outcome(watch: Watch, elsewhere: list[date], rights: tuple[date | None, date | None]) -> dict[str, object]:
    path = debt_path(watch)
    common = _departures(watch, elsewhere, rights, path)
    own = [(p.signed_on, "4 plan") for p in watch.now.plans if p.signed_on > watch.as_of]
    own += [(s.dated, "5 frozen") for s in watch.now.overindebtedness if s.step == "admissible" and s.dated > watch.as_of]
    drift_stop, contact_stop = _first(common + own, watch), _first(common, watch)
    drift = _drift(watch, path, _last_day(watch, drift_stop))
    lost = _lost(watch, _last_day(watch, contact_stop))
    tried = any(c.direction == "outbound" and 0 < _after(watch, c) <= 180 for c in watch.now.contacts)
    return {
        "lease_id": watch.now.lease.lease_id,
        "derive_on": drift,
        **_end("derive", drift, drift_stop, watch),
        "decrochage_on": lost[0] if lost else None,
        "decrochage_way": lost[1] if lost else None,
        **_end("decrochage", lost, contact_stop, watch),
        "attempted": None if "contacts" in watch.then.missing else tried,
        "known_until": watch.closing,
    }


def _end(score: str, event: object, stop: Stop | None, watch: Watch) -> dict[str, object]:
    horizon = watch.as_of + timedelta(days=195)
    if event:
        return {}
    if stop and stop[0] < horizon:
        return {f"{score}_end": stop[1][2:], f"{score}_end_on": stop[0]}
    return {f"{score}_{name}": value for name, value in _history_ends(watch.closing)} if watch.closing < horizon else {}


def _first(stops: list[Stop], watch: Watch) -> Stop | None:
    learnt_later = [(max(day, watch.as_of + timedelta(days=1)), code) for day, code in stops]
    return min(learnt_later, default=None)


def _last_day(watch: Watch, stop: Stop | None) -> date:
    return min(watch.closing, stop[0] - timedelta(days=1)) if stop else watch.closing


def _departures(
    watch: Watch, elsewhere: list[date], rights: tuple[date | None, date | None], path: dict[date, int]
) -> list[Stop]:
    objected, deceased = rights
    found = [(day, code) for day, code in ((deceased, "1 died"), (objected, "2 objection")) if day]
    left = watch.now.lease.end_date
    if left is None:
        return found
    owed = path[max(left, watch.as_of)]
    code = "3 left_owing" if 10 * owed >= 9 * (watch.features["net_term_cents"] or 3000) else "3 left_clear"
    return [*found, (left, "3 moved" if any(abs((start - left).days) <= 31 for start in elsewhere) else code)]


def debt_path(watch: Watch) -> dict[date, int]:
    """§ 3: the current debt of each day from A to W, in cents."""
    owed = watch.features["current_cents"] + _learnt_later(watch) - _late_benefit(watch)
    technical = watch.features["technical_cents"]
    changes, shocks = _changes(watch), _technical_debits(watch)
    lowest, found = owed, {}
    for day in watch.days(0, (watch.closing - watch.as_of).days):
        owed += changes[day]
        technical += shocks[day]
        lowest = min(lowest, owed)
        found[day] = owed + min(technical, max(0, -lowest))
    return found


def _is_money(entry: Row) -> bool:
    return entry.kind in PAYMENTS or (entry.kind == "charge_adjustment" and entry.amount_cents < 0) or entry.kind == "transfer"


def _learnt_later(watch: Watch) -> int:
    now, then = (
        sum(e.amount_cents for e in account.entries if e.value_on <= watch.as_of and (_is_money(e) or e.kind in TERM_KINDS))
        for account in (watch.now, watch.then)
    )
    return now - then


def _terms_ahead(watch: Watch) -> list[Term]:
    """The terms of recent periods that fall due in (A, W]."""
    recent = shift(month_of(watch.as_of), -3)
    return [term for term in terms(watch.now, watch.closing) if watch.is_after(term.due_on) and term.period >= recent]


def _has_fallen_due(watch: Watch) -> Callable[[str], bool]:
    """Whether a period is older than the recent ones or has a term due by A."""
    due = {term.period for term in terms(watch.now, watch.closing) if term.due_on <= watch.as_of}
    recent = shift(month_of(watch.as_of), -3)
    return lambda period: period in due or period < recent


def _late_benefit(watch: Watch) -> int:
    has_fallen_due = _has_fallen_due(watch)
    late = -sum(
        e.amount_cents
        for e in watch.now.entries
        if e.kind == "housing_benefit"
        and has_fallen_due(e.period or month_of(e.value_on))
        and (watch.is_after(e.value_on) or (e.value_on <= watch.as_of and watch.is_after(e.booked_on)))
    )
    recalled = -sum(
        e.amount_cents
        for e in watch.now.entries
        if e.kind == "benefit_adjustment" and e.amount_cents < 0 and watch.is_after(e.value_on)
    )
    awaited = watch.features["benefit_gap_cents"]
    counted = sum(term.counted for term in _terms_ahead(watch) if term.is_missing)
    return max(0, late - awaited) + max(0, recalled - max(0, awaited - late) - counted)


def _changes(watch: Watch) -> Counter[date]:
    """What each day after A adds to the debt, payments below zero."""
    found: Counter[date] = Counter()
    for term in _terms_ahead(watch):
        found[term.due_on] += term.gross - max(term.counted, term.received)
    has_fallen_due = _has_fallen_due(watch)
    for entry in watch.now.entries:
        if watch.is_after(entry.value_on) and (
            _is_money(entry)
            or (entry.kind in TERM_KINDS and has_fallen_due(_period(entry, watch.now.lease)))
            or (entry.kind == "supplementary_rent" and entry.amount_cents < 0)
            or (entry.kind == "write_off" and watch.features["frozen_cents"] == 0)
        ):
            found[entry.value_on] += entry.amount_cents
    for day, cents in _plan_calls(watch):
        found[day] += cents
    return found


def _period(entry: Row, lease: Row) -> str:
    return entry.period or shift(month_of(entry.value_on), -1 if lease.rent_term == "in_arrears" else 0)


def _plan_calls(watch: Watch) -> Iterator[tuple[date, int]]:
    """The frozen debt of A as it becomes payable."""
    plan, frozen = plan_in_force(watch.then), watch.features["frozen_cents"]
    if plan is None or frozen == 0:
        return
    ended = next((p.ended_on for p in watch.now.plans if p.plan_id == plan.plan_id), None)
    if ended:
        ended = max(ended, watch.as_of + timedelta(days=1))

    def still_to_come(count: int) -> int:
        return max(0, plan.debt_included_cents - plan.instalment_cents * count)

    paid, done = 0, instalments_due(plan, watch.as_of)
    for number in range(done, plan.instalments):
        day = months_later(plan.first_due_on, number)
        if day > watch.closing or (ended and day >= ended):
            break
        payable = min(frozen, still_to_come(done) - still_to_come(number + 1))
        yield day, payable - paid
        paid = payable
    if ended and ended <= watch.closing:
        yield ended, frozen - paid


def _technical_debits(watch: Watch) -> Counter[date]:
    found: Counter[date] = Counter()
    for entry in watch.now.entries:
        is_technical = entry.kind in TECHNICAL_KINDS or is_provisional(entry, watch.now)
        if is_technical and entry.amount_cents > 0 and watch.is_after(entry.value_on):
            found[entry.value_on] += entry.amount_cents
    return found


def _drift(watch: Watch, path: dict[date, int], last: date) -> date | None:
    net = watch.features["net_term_cents"]
    for day in watch.days(1, 180):
        fifteen = [day + timedelta(days=number) for number in range(15)]
        if net is not None and fifteen[-1] <= last and all(10 * path[one] >= 19 * net for one in fifteen):
            return day
    return None


def _lost(watch: Watch, last: date) -> tuple[date, str] | None:
    ways = [(day, way) for day, way in _contact_ways(watch) if day <= last]
    if (watch.features["obligations_unmet"] or 0) < 2 and watch.features["obligations_unmet"] is not None:
        ways += [
            (day, "obligations") for day in watch.days(1, 180) if day + timedelta(days=15) <= last and _stays_unmet(watch, day)
        ]
    return min(ways, default=None)


def _after(watch: Watch, contact: Row) -> int:
    return int((contact.contacted_at.date() - watch.as_of).days)


def _contact_ways(watch: Watch) -> Iterator[tuple[date, str]]:
    later = [c for c in watch.now.contacts if 0 < _after(watch, c) <= 180]
    for contact in later:
        answered = max((c.contacted_at for c in later if is_two_way(c) and c.contacted_at <= contact.contacted_at), default=None)
        failed = [
            c
            for c in later
            if has_failed(c) and c.contacted_at <= contact.contacted_at and (answered is None or c.contacted_at > answered)
        ]
        if len(failed) >= 3 and len({c.channel for c in failed}) >= 2:
            yield contact.contacted_at.date(), "attempts"
        if sum(has_come_back(c) for c in failed) >= 2:
            yield contact.contacted_at.date(), "mail"


def _stays_unmet(watch: Watch, day: date) -> bool:
    later = day + timedelta(days=15)
    return sum(_is_unmet(row, day) and _is_unmet(row, later) for row in watch.now.obligations) >= 2


def _is_unmet(row: Row, day: date) -> bool:
    is_asked = day - timedelta(days=730) < row.requested_on <= day and row.due_on < day
    is_reminded = row.reminded_on is not None and row.reminded_on <= day
    return is_asked and is_reminded and (row.fulfilled_on is None or row.fulfilled_on > day)
