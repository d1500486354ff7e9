"""docs/ledger.md § 2: what falls due each month, and what of it the household itself must find."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.months import day_in, month_of, shift
from tests.reference.rows import Account, Row

TERM_KINDS = ("rent", "charges", "rent_reduction", "occupancy_charge")
SMALLEST_NET_TERM = 3_000
JUDGED_AFTER = timedelta(days=25)


@dataclass(frozen=True)
class Term:
    """One period of one lease, in cents. `benefit_kind` is that of the row the expectation was read on."""

    period: str
    due_on: date
    gross: int
    received: int
    expected: int
    benefit_kind: str | None

    @property
    def counted(self) -> int:
        """The benefit taken off the term."""
        benefit = self.received if self.received > 0 else self.expected
        return max(0, min(benefit, self.gross))

    @property
    def net(self) -> int:
        """What the household itself must find."""
        return self.gross - self.counted

    @property
    def is_missing(self) -> bool:
        """A benefit is expected and nothing of it came."""
        return self.received <= 0 and self.counted > 0


def terms(account: Account, as_of: date) -> list[Term]:
    """All visible terms of the lease, due or to come, in order of (due_on, period)."""
    received = benefits_received(account, as_of)
    entries: dict[str, list[Row]] = {}
    for entry in account.entries:
        if is_term_entry(entry, account):
            entries.setdefault(_period(entry, account.lease), []).append(entry)
    found = [_term(period, group, received.get(period, 0), account, as_of) for period, group in entries.items()]
    return sorted(found, key=lambda term: (term.due_on, term.period))


def is_term_entry(entry: Row, account: Account) -> bool:
    """Rent, charges and what lowers or replaces them; SLS when it was established on an answer."""
    if entry.kind == "supplementary_rent":
        return entry.amount_cents > 0 and not is_provisional(entry, account)
    return entry.kind in TERM_KINDS


def is_provisional(entry: Row, account: Account) -> bool:
    """The maximum SLS asked of a household because it has not answered the survey."""
    if entry.kind != "supplementary_rent" or entry.amount_cents <= 0:
        return False
    return any(
        survey.kind == "sls_survey"
        and entry.value_on - timedelta(days=365) < survey.requested_on <= entry.value_on
        and survey.due_on < entry.value_on
        and (survey.fulfilled_on is None or survey.fulfilled_on > entry.value_on)
        for survey in account.obligations
    )


def benefits_received(account: Account, as_of: date) -> dict[str, int]:
    """Housing benefit on the account by the period it covers, in cents, as a positive figure."""
    received: dict[str, int] = {}
    for entry in account.entries:
        if entry.kind == "housing_benefit" and entry.value_on <= as_of:
            period = entry.period or month_of(entry.value_on)
            received[period] = received.get(period, 0) - entry.amount_cents
    return received


def legal_balance(account: Account, day: date) -> int:
    """§ 3: everything exigible by a day, deposits left out, in cents."""
    return sum(e.amount_cents for e in account.entries if e.kind != "deposit" and e.value_on <= day)


def benefit_advance(account: Account, day: date) -> int:
    """§ 3: benefit received by a day for terms still to come, in cents."""
    all_terms = terms(account, day)
    due_on = {term.period: term.due_on for term in all_terms}
    newest_due = max((term.period for term in all_terms if term.due_on <= day), default="")

    def is_to_come(period: str) -> bool:
        return due_on[period] > day if period in due_on else period > newest_due

    return sum(amount for period, amount in benefits_received(account, day).items() if is_to_come(period))


def missing(due: list[Term], as_of: date) -> list[Term]:
    """§ 3: due terms of a year for which a benefit is expected and nothing of it came."""
    return [term for term in due if term.is_missing and term.due_on > as_of - timedelta(days=365)]


def charge(term: Term, as_of: date) -> int:
    """§ 5: what a term puts on the household's own account: a benefit missing for a year is the household's again."""
    return term.gross - term.received - (term.counted if missing([term], as_of) else 0)


def is_ordinary_credit(entry: Row, every: list[Term], as_of: date) -> bool:
    """§ 3: a benefit of a period without a term that lies before the latest due one; `every` holds all terms of the lease."""
    period = entry.period or month_of(entry.value_on)
    newest_due = max((term.period for term in every if term.due_on <= as_of), default="")
    return entry.kind == "housing_benefit" and period not in {term.period for term in every} and period <= newest_due


def usual_terms(due: list[Term], as_of: date) -> list[Term]:
    """The three newest due terms that are old enough to be judged; while there is none, the earliest due term."""
    settled = [term for term in due if term.due_on + JUDGED_AFTER <= as_of]
    return settled[-3:] or due[:1]


def net_term(due: list[Term], as_of: date) -> int | None:
    """Mean net of the usual terms, never under 30 €; a negative one counts for nothing."""
    usual = usual_terms(due, as_of)
    return max(SMALLEST_NET_TERM, sum(max(0, term.net) for term in usual) // len(usual)) if usual else None


def gross_term(due: list[Term], as_of: date) -> int | None:
    """Mean gross of the usual terms."""
    usual = usual_terms(due, as_of)
    return sum(term.gross for term in usual) // len(usual) if usual else None


def _period(entry: Row, lease: Row) -> str:
    if entry.period is not None:
        return entry.period
    return shift(month_of(entry.value_on), -1 if lease.rent_term == "in_arrears" else 0)


def _term(period: str, entries: list[Row], received: int, account: Account, as_of: date) -> Term:
    positive = [entry.value_on for entry in entries if entry.amount_cents > 0]
    due_on = min(positive or [entry.value_on for entry in entries])
    expected, kind = _expected(period, account, as_of)
    return Term(period, due_on, sum(entry.amount_cents for entry in entries), received, expected, kind)


def _expected(period: str, account: Account, as_of: date) -> tuple[int, str | None]:
    """The newest visible right among the period's month and, while the period is recent, the two before it decides."""
    rights = {right.month: right for right in account.benefits}
    is_recent = day_in(period, 1) > as_of - timedelta(days=92)
    for month in (period, shift(period, -1), shift(period, -2)) if is_recent else (period,):
        if month in rights:
            right = rights[month]
            is_paid_here = right.paid_to == "landlord" and right.state == "open"
            return (right.amount_cents if is_paid_here else 0), right.kind
    return 0, None
