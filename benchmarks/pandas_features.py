"""A core of `docs/ledger.md` in vectorised pandas and NumPy, to have something honest to compare the SQL with.

Sections 1 to 5: terms and net terms, legal, frozen, technical and current balances, oldest-first age, judged terms, rejects.
One pass a rule over whole columns, leases and months as integers, cumulative sums and binary searches instead of joins.
It holds the ledger in memory.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from riskmodel.contracts import TABLES
from riskmodel.lake import Source
from riskmodel.lake.store import CLOSED

FEATURES = [
    *("due_terms", "net_term_cents", "gross_term_cents"),
    *(
        "legal_cents",
        "erp_cents",
        "current_cents",
        "technical_cents",
        "frozen_cents",
        "benefit_gap_cents",
        "benefit_advance_cents",
    ),
    *("oldest_unpaid_days", "judged_terms", "unpaid_terms_3", "unpaid_terms_6", "unpaid_terms_12", "paid_share_3"),
    *("days_since_payment", "rejects_120d"),
]
"""What is computed here and compared row for row with the SQL."""

TERM = ["rent", "charges", "rent_reduction", "occupancy_charge"]
TECHNICAL = ["charge_adjustment", "fee", "penalty", "benefit_adjustment"]
MONEY = ["payment", "payment_rejected", "third_party_payment"]
GRANTED = ["charge_adjustment", "transfer"]
STEPS = ["filed", "admissible", "measures", "recovery_order", "closed"]
SPAN = 100_000
"""More than any day or month number: `lease * SPAN + day` orders by lease, then day."""


@dataclass(frozen=True)
class Ledger:
    """The open leases of a landlord and their visible rows; days are days since 1970, months year × 12 + month."""

    day: int
    leases: pd.DataFrame
    entries: pd.DataFrame
    benefits: pd.DataFrame
    plans: pd.DataFrame
    surveys: pd.DataFrame
    overindebtedness: pd.DataFrame
    lapsed: pd.Series


def compute(source: Source, as_of: date) -> pd.DataFrame:
    """The core features of every open lease as of `as_of`, one row a lease, in order of `lease_id`."""
    ledger = read(source, as_of)
    terms = _terms(ledger)
    due = terms[terms.due_on <= ledger.day]
    found = pd.concat([_term_means(due, ledger), _balances(terms, due, ledger), _rhythm(terms, due, ledger)], axis=1)
    found.insert(0, "lease_id", ledger.leases.lease_id.astype(str))
    return found.sort_values("lease_id", ignore_index=True)


# --- reading -------------------------------------------------------------------------------------------------------------


def read(source: Source, as_of: date) -> Ledger:
    """The visible rows of the open leases, with the columns these features use."""
    day = (as_of - date(1970, 1, 1)).days
    leases = _rows(source, "leases", as_of, ["lease_id", "signed_on", "start_date", "end_date", "rent_term"])
    known = leases.signed_on.fillna(leases.start_date) <= day
    leases = leases[known & (leases.start_date <= day) & ~(leases.end_date <= day)].reset_index(drop=True)
    codes = pd.Index(leases.lease_id)
    entries = _of_leases(_rows(source, "entries", as_of, ENTRY_COLUMNS, ("booked_on", "<=", as_of)), codes)
    benefits = _of_leases(_rows(source, "benefits", as_of, BENEFIT_COLUMNS, ("known_on", "<=", as_of)), codes)
    plans = _of_leases(_rows(source, "plans", as_of, PLAN_COLUMNS), codes)
    surveys = _rows(source, "obligations", as_of, OBLIGATION_COLUMNS, ("kind", "=", "sls_survey"))
    return Ledger(
        day=day,
        leases=leases,
        entries=_dated_entries(entries),
        benefits=benefits.assign(month=_months(benefits.month)),
        plans=_plans_as_known(plans, day),
        surveys=_of_leases(surveys[surveys.requested_on <= day], codes),
        overindebtedness=_of_leases(
            _rows(source, "overindebtedness", as_of, ["lease_id", "step", "dated"], ("dated", "<=", as_of)), codes
        ),
        lapsed=_lapsed(plans[plans.signed_on <= day], day),
    )


ENTRY_COLUMNS = ["entry_id", "lease_id", "value_on", "period", "kind", "amount_cents", "reverses"]
BENEFIT_COLUMNS = ["lease_id", "month", "kind", "amount_cents", "paid_to", "state"]
OBLIGATION_COLUMNS = ["obligation_id", "lease_id", "requested_on", "due_on", "fulfilled_on"]
PLAN_COLUMNS = [
    *("plan_id", "lease_id", "framework", "signed_on", "first_due_on"),
    *("instalment_cents", "instalments", "debt_included_cents", "ended_on", "end_reason"),
]
JUDGED_AFTER = 25
RENEWED_DAYS = 92
"""A right is expected for so long without a new row of the `benefits` table."""
DICTIONARIES = ["lease_id", "kind", "period", "month", "paid_to", "state", "step", "rent_term"]


def _rows(
    source: Source, name: str, as_of: date, columns: list[str], keep: tuple[str, str, object] | None = None
) -> pd.DataFrame:
    """Rows of one lake table visible on `as_of`: delivered by then and not closed since; dates as day numbers."""
    key = list(TABLES[name].key)
    wanted = list(dict.fromkeys([*columns, *key, "delivery"]))
    filters = [("visible_from", "<=", as_of), *([keep] if keep else [])]
    table = pq.read_table(
        source.lake.files(name, source.pins),
        columns=wanted,
        filters=filters,
        read_dictionary=[c for c in DICTIONARIES if c in wanted],
    )
    for index, field in enumerate(table.schema):
        if str(field.type).startswith("date32"):
            table = table.set_column(index, field.name, pc.cast(table[field.name], "int32"))
    return _not_closed(table.to_pandas(), source, name, as_of, key)[columns]


def _not_closed(rows: pd.DataFrame, source: Source, name: str, as_of: date, key: list[str]) -> pd.DataFrame:
    files = source.lake.files(name + CLOSED, source.pins)
    if not files:
        return rows
    closed = pq.read_table(files, filters=[("closed_on", "<=", as_of)]).to_pandas()
    suspect = rows[key[0]].isin(closed[key[0]])
    pairs = rows.loc[suspect, [*key, "delivery"]].astype(dict.fromkeys(key, str)).reset_index()
    return rows.drop(index=pairs.merge(closed, on=[*key, "delivery"])["index"].to_list())


def _of_leases(rows: pd.DataFrame, codes: pd.Index) -> pd.DataFrame:
    categories = rows.lease_id.astype("category")
    lease = codes.get_indexer(categories.cat.categories)[categories.cat.codes]
    return rows.drop(columns="lease_id").assign(lease=lease)[lease >= 0].reset_index(drop=True)


def _months(texts: pd.Series) -> np.ndarray:
    """Month numbers of `YYYY-MM` texts, -1 where there is none; each distinct text is read once."""
    texts = texts.astype("category")
    numbers = [int(text[:4]) * 12 + int(text[5:7]) - 1 for text in texts.cat.categories]
    return np.array([*numbers, -1], dtype=np.int64)[texts.cat.codes]


def _month_of(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12


def _first_day(months: np.ndarray) -> np.ndarray:
    return (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _dated_entries(entries: pd.DataFrame) -> pd.DataFrame:
    return entries.assign(value_on=entries.value_on.astype(np.int64), month=_months(entries.period)).drop(columns="period")


def _plans_as_known(plans: pd.DataFrame, day: int) -> pd.DataFrame:
    return plans[(plans.signed_on <= day) & ~(plans.ended_on <= day)].sort_values(["signed_on", "plan_id"])


def _lapsed(plans: pd.DataFrame, day: int) -> pd.Series:
    """The newest day on which an overindebtedness plan of a lease was broken."""
    broken = plans[(plans.framework == "overindebtedness") & (plans.end_reason == "broken") & (plans.ended_on <= day)]
    return broken.groupby("lease").ended_on.max()


# --- terms (section 2) ----------------------------------------------------------------------------------------------------


def _terms(ledger: Ledger) -> pd.DataFrame:
    entries, provisional = ledger.entries, _provisional(ledger)
    supplement = (entries.kind == "supplementary_rent") & (entries.amount_cents > 0)
    rows = entries[entries.kind.isin(TERM) | (supplement & ~entries.index.isin(provisional))]
    in_arrears = (ledger.leases.rent_term == "in_arrears").to_numpy()[rows.lease]
    period = np.where(rows.month >= 0, rows.month, _month_of(rows.value_on.to_numpy()) - in_arrears)
    first_debit = rows.value_on.where(rows.amount_cents > 0, np.iinfo(np.int64).max)
    frame = pd.DataFrame(
        {"key": rows.lease * SPAN + period, "gross": rows.amount_cents, "first_debit": first_debit, "first": rows.value_on}
    )
    terms = (
        frame.groupby("key").agg(gross=("gross", "sum"), first_debit=("first_debit", "min"), first=("first", "min")).reset_index()
    )
    terms["due_on"] = terms.first_debit.where(terms.first_debit < SPAN, terms["first"])
    terms["lease"], terms["period"] = terms.key // SPAN, terms.key % SPAN
    return _with_benefit(terms, ledger)


def _provisional(ledger: Ledger) -> np.ndarray:
    entries, surveys = ledger.entries, ledger.surveys
    positive = entries[(entries.kind == "supplementary_rent") & (entries.amount_cents > 0)].reset_index(names="entry")
    pairs = positive.merge(surveys, on="lease")
    asked = (pairs.value_on - 365 < pairs.requested_on) & (pairs.requested_on <= pairs.value_on) & (pairs.due_on < pairs.value_on)
    answered = (pairs.fulfilled_on <= ledger.day) & (pairs.fulfilled_on <= pairs.value_on)
    return pairs[asked & ~answered].entry.unique()


def _with_benefit(terms: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    received = _received(ledger)
    terms["received"] = _look_up(terms.key, received.index, received.to_numpy())
    terms["expected"] = _expected(terms, ledger.benefits, _month_of(np.array(ledger.day - RENEWED_DAYS)))
    counted = np.where(terms.received > 0, terms.received, terms.expected)
    terms["counted"] = np.maximum(np.minimum(counted, terms.gross), 0)
    terms["net"] = terms.gross - terms.counted
    is_awaited = (terms.received <= 0) & (terms.due_on > ledger.day - 365)
    terms["charge"] = terms.gross - terms.received - terms.counted.where(is_awaited, 0)
    return terms


def _received(ledger: Ledger) -> pd.Series:
    """Benefit received by lease and period."""
    rows = ledger.entries[(ledger.entries.kind == "housing_benefit") & (ledger.entries.value_on <= ledger.day)]
    period = np.where(rows.month >= 0, rows.month, _month_of(rows.value_on.to_numpy()))
    return (-rows.amount_cents).groupby(rows.lease * SPAN + period).sum()


def _expected(terms: pd.DataFrame, benefits: pd.DataFrame, settled: np.ndarray) -> np.ndarray:
    """The right of the period, else (after the `settled` month) of the month before, else of the one before that."""
    benefits = benefits.assign(key=benefits.lease * SPAN + benefits.month).sort_values("key")
    right = benefits.amount_cents.where((benefits.paid_to == "landlord") & (benefits.state == "open"), 0).to_numpy()
    found = np.full(len(terms), -1, dtype=np.int64)
    for back in range(3):
        is_open = (found < 0) & ((back == 0) | (terms.key % SPAN > settled).to_numpy())
        found = np.where(is_open, _look_up(terms.key - back, benefits.key, right, absent=-1), found)
    return np.maximum(found, 0)


def _look_up(wanted: pd.Series, keys: pd.Series | pd.Index, values: np.ndarray, absent: int = 0) -> np.ndarray:
    """Values at sorted unique `keys`, `absent` where a wanted key is not there."""
    if not len(keys):
        return np.full(len(wanted), absent, dtype=np.int64)
    place = np.minimum(np.searchsorted(keys.to_numpy(), wanted.to_numpy()), len(keys) - 1)
    return np.where(keys.to_numpy()[place] == wanted.to_numpy(), values[place], absent)


def _term_means(due: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    usual = _usual(due.sort_values(["lease", "due_on", "period"]), ledger.day).assign(net=lambda rows: rows.net.clip(lower=0))
    by_lease = usual.groupby("lease")
    size = by_lease.size()
    means = pd.DataFrame(
        {"net_term_cents": np.maximum(by_lease.net.sum() // size, 3000), "gross_term_cents": by_lease.gross.sum() // size}
    )
    means["due_terms"] = due.groupby("lease").size()
    means = means.reindex(ledger.leases.index)
    return means.assign(due_terms=means.due_terms.fillna(0))


def _usual(due: pd.DataFrame, day: int) -> pd.DataFrame:
    """The three newest terms that are old enough to be judged; the earliest term where there is none."""
    settled = due[due.due_on <= day - JUDGED_AFTER]
    first = due[~due.lease.isin(settled.lease)].drop_duplicates("lease")
    return pd.concat([settled.groupby("lease").tail(3), first])


# --- balances (sections 3 and 4) --------------------------------------------------------------------------------------------


def _balances(terms: pd.DataFrame, due: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    running = ledger.entries[ledger.entries.kind != "deposit"]
    found = pd.DataFrame(index=ledger.leases.index)
    found["erp_cents"] = _sum(running.amount_cents, running.lease, ledger)
    exigible = running[running.value_on <= ledger.day]
    found["legal_cents"] = _sum(exigible.amount_cents, exigible.lease, ledger)
    found["benefit_advance_cents"] = _advance(terms, due, ledger)
    found["benefit_gap_cents"] = _gap(due, ledger)
    balance = found.legal_cents + found.benefit_advance_cents - found.benefit_gap_cents
    found["frozen_cents"] = _frozen(running, ledger).clip(lower=0, upper=balance.clip(lower=0))
    return _imputed(found, balance, due, ledger)


def _sum(values: pd.Series, lease: pd.Series | pd.Index, ledger: Ledger) -> pd.Series:
    return values.groupby(lease).sum().reindex(ledger.leases.index, fill_value=0)


def _advance(terms: pd.DataFrame, due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Benefit received for terms not yet due, and for later periods without a term."""
    received = _received(ledger)
    lease, period = received.index // SPAN, received.index % SPAN
    latest = due.groupby("lease").period.max().reindex(lease, fill_value=-1).to_numpy()
    is_ahead = ~received.index.isin(due.key) & (received.index.isin(terms.key) | (period > latest))
    return _sum(received[is_ahead], lease[is_ahead], ledger)


def _gap(due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    recalls = ledger.entries[_repays(due, ledger) & (ledger.entries.value_on <= ledger.day)]
    return (_missing(due, ledger) + _sum(recalls.amount_cents, recalls.lease, ledger)).clip(lower=0)


def _missing(due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    missing = due[_is_missing(due, ledger)]
    return _sum(missing.counted, missing.lease, ledger)


def _is_missing(due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    return (due.due_on > ledger.day - 365) & (due.received <= 0) & (due.counted > 0)


def _repays(due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Which entries are recalls of benefit that may repay a missing month."""
    missing, entries = due[_is_missing(due, ledger)], ledger.entries
    since = pd.Series(_first_day(missing.period.to_numpy()), index=missing.index).groupby(missing.lease).min()
    is_recall = (entries.kind == "benefit_adjustment") & (entries.amount_cents < 0)
    return is_recall & (entries.value_on >= entries.lease.map(since).fillna(np.inf))


def _frozen(running: pd.DataFrame, ledger: Ledger) -> pd.Series:
    since = _protected_since(ledger)
    plans = ledger.plans
    is_suspended = plans.framework.isin(["amicable", "caf", "pcs"]) & (plans.signed_on < plans.lease.map(since))
    plans = plans[~is_suspended].drop_duplicates("lease", keep="last").set_index("lease")
    to_come = (plans.debt_included_cents - plans.instalment_cents * _instalments_due(plans, ledger.day)).clip(lower=0)
    return to_come.combine_first(_frozen_by_file(running, since, ledger.day)).reindex(ledger.leases.index, fill_value=0)


def _instalments_due(plans: pd.DataFrame, day: int) -> pd.Series:
    """Instalments due by `day`: one a month from `first_due_on`, on the last day of a month that is too short."""
    first = pd.to_datetime(plans.first_due_on, unit="D")
    today = pd.Timestamp(day, unit="D")
    months = (today.year - first.dt.year) * 12 + today.month - first.dt.month
    anniversary = np.minimum(first.dt.day, today.days_in_month)
    reached = months + (anniversary <= today.day)
    return reached.clip(lower=0, upper=plans.instalments)


def _protected_since(ledger: Ledger) -> pd.Series:
    """The day from which overindebtedness freezes the debts of a lease, for the leases it protects."""
    steps = ledger.overindebtedness.assign(rank=pd.Categorical(ledger.overindebtedness.step, STEPS).codes).sort_values(
        ["dated", "rank"]
    )
    newest = steps.drop_duplicates("lease", keep="last").set_index("lease")
    is_lapsed = newest.index.to_series().map(ledger.lapsed) >= newest.dated
    newest = newest[newest.step.isin(STEPS[1:4]) & ~is_lapsed]
    admitted = steps[steps.step == "admissible"].groupby("lease").dated.max()
    return admitted.combine_first(newest.dated).reindex(newest.index)


def _frozen_by_file(running: pd.DataFrame, since: pd.Series, day: int) -> pd.Series:
    rows = running[running.lease.isin(since.index)]
    start = rows.lease.map(since)
    rows = rows[(rows.value_on <= start) | ((rows.kind == "write_off") & (rows.value_on <= day))]
    return rows.groupby("lease").amount_cents.sum()


def _imputed(found: pd.DataFrame, balance: pd.Series, due: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Oldest-first imputation: what is unpaid is the newest of the debits."""
    rest = balance.clip(lower=0) - found.frozen_cents
    debits = _debits(due, ledger)
    newer = debits[::-1].groupby("lease").amount.cumsum()[::-1] - debits.amount
    debits["unpaid"] = np.clip(debits.lease.map(rest) - newer, 0, debits.amount)
    technical = debits[debits.is_technical]
    found["technical_cents"] = _sum(technical.unpaid, technical.lease, ledger)
    found["current_cents"] = np.where(balance > 0, rest - found.technical_cents, balance)
    current = debits[~debits.is_technical]
    oldest = current[10 * current.unpaid > current.amount].groupby("lease").day.min()
    beyond = rest > _sum(debits.amount, debits.lease, ledger)
    oldest = current.groupby("lease").day.min()[lambda s: s.index.isin(beyond.index[beyond])].combine_first(oldest)
    days = (ledger.day - oldest).reindex(found.index, fill_value=0)
    found["oldest_unpaid_days"] = days.where(found.current_cents > 0, 0)
    return found


def _debits(due: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Positive debits summed by lease, day and class, oldest first; a technical one is newer than a current one of its day,
    and within 60 days newer than all."""
    rows = ledger.entries[(ledger.entries.value_on <= ledger.day) & (ledger.entries.amount_cents > 0)]
    technical = rows[rows.kind.isin(TECHNICAL) | rows.index.isin(_provisional(ledger))]
    opening = rows[rows.kind == "transfer"]
    terms = due[due.net > 0]
    parts = [(terms.lease, terms.due_on, terms.net, 0), (opening.lease, opening.value_on, opening.amount_cents, 0)]
    parts.append((technical.lease, technical.value_on, technical.amount_cents, 1))
    key = np.concatenate([(lease.to_numpy() * SPAN + day.to_numpy()) * 2 + kind for lease, day, _, kind in parts])
    summed = pd.Series(np.concatenate([amount.to_numpy() for _, _, amount, _ in parts])).groupby(key).sum()
    place = summed.index.to_numpy()
    debits = pd.DataFrame(
        {"lease": place // 2 // SPAN, "day": place // 2 % SPAN, "is_technical": place % 2 == 1, "amount": summed.to_numpy()}
    )
    debits["is_recent_shock"] = debits.is_technical & (debits.day > ledger.day - 60)
    return debits.sort_values(["lease", "is_recent_shock", "day", "is_technical"], ignore_index=True)


# --- rhythm (section 5) -----------------------------------------------------------------------------------------------------


def _rhythm(terms: pd.DataFrame, due: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    return pd.concat([_judged(terms, due, ledger), _payments(ledger)], axis=1)


def _judged(terms: pd.DataFrame, due: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The last 15 judged terms of every lease as columns of matrices, the newest in the last; 12 are counted."""
    judged = due.groupby(due.lease * SPAN + due.due_on)[["net", "charge"]].sum()
    key = judged.index.to_numpy()
    frame = judged.assign(lease=key // SPAN, due_on=key % SPAN, closes=key % SPAN + JUDGED_AFTER).query("closes <= @ledger.day")
    frame["opens"] = frame.groupby("lease").closes.shift().fillna(frame.closes - 31).astype(np.int64)
    frame["charged"] = frame.groupby("lease").charge.cumsum()
    rank = 14 - frame.groupby("lease").cumcount(ascending=False)
    frame, rank = frame[rank >= 0], rank[rank >= 0]
    paid, owed = _window(frame, ledger), _own_account(frame, terms, due, ledger)
    short = np.minimum(frame.net - paid - _carried(frame, owed), owed)
    unpaid = (frame.net > 0) & (10 * short > frame.net)
    shape = (len(ledger.leases), 15)
    nets, pays, there, late = (np.zeros(shape, kind) for kind in (np.int64, np.int64, bool, np.int64))
    nets[frame.lease, rank], pays[frame.lease, rank], there[frame.lease, rank] = frame.net, paid, True
    late[frame.lease, rank] = np.where(unpaid, frame.due_on, 0)
    return _judged_counts(nets, pays, there, late, ledger.day)


def _carried(frame: pd.DataFrame, owed: pd.Series) -> pd.Series:
    """How far the account stood below its two levels before, on the judging day before."""
    one, two, three = (owed.groupby(frame.lease).shift(back) for back in (1, 2, 3))
    return (np.minimum(two, three) - one).clip(lower=0).where(three.notna(), 0).astype(np.int64)


def _window(frame: pd.DataFrame, ledger: Ledger) -> np.ndarray:
    entries = ledger.entries
    granted = entries.kind.isin(GRANTED) & (entries.amount_cents < 0)
    money = entries[entries.kind.isin(MONEY) | granted]
    return _up_to(money, frame.lease, frame.opens) - _up_to(money, frame.lease, frame.closes)


def _up_to(rows: pd.DataFrame, lease: pd.Series, day: pd.Series) -> np.ndarray:
    """Sum of the amounts of `rows` of all leases before, and of `lease` up to `day`: differences of it are windows."""
    key = (rows.lease * SPAN + rows.value_on).to_numpy()
    order = np.argsort(key)
    total = np.concatenate([[0], np.cumsum(rows.amount_cents.to_numpy()[order])])
    return total[np.searchsorted(key[order], (lease * SPAN + day).to_numpy(), side="right")]


def _own_account(frame: pd.DataFrame, terms: pd.DataFrame, due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """What the household itself owed on each judging day: terms less benefit, and all that is neither term nor benefit."""
    entries, repays = ledger.entries, _repays(due, ledger)
    is_term = entries.kind.isin(TERM) | ((entries.kind == "supplementary_rent") & (entries.amount_cents > 0))
    is_term &= ~entries.index.isin(_provisional(ledger))
    own = ~is_term & ~entries.kind.isin(["deposit", "housing_benefit"]) & ~repays
    own |= _is_ordinary_credit(terms, due, ledger)
    erased = entries[own & (entries.kind == "write_off")]
    moved = _so_far(entries[own & (entries.kind != "write_off")], frame.lease, frame.closes)
    recalled = -_so_far(entries[repays], frame.lease, frame.closes)
    beyond = np.maximum(0, recalled - _missing(due, ledger).to_numpy()[frame.lease])
    return frame.charged + moved + _so_far(erased, frame.lease, frame.opens) - beyond


def _is_ordinary_credit(terms: pd.DataFrame, due: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Which entries are benefit of a period without a term that lies before the latest due one."""
    entries = ledger.entries
    period = pd.Series(np.where(entries.month >= 0, entries.month, _month_of(entries.value_on.to_numpy())), index=entries.index)
    latest = entries.lease.map(due.groupby("lease").period.max()).fillna(-1)
    is_known = (entries.lease * SPAN + period).isin(terms.key)
    return (entries.kind == "housing_benefit") & ~is_known & (period <= latest)


def _so_far(rows: pd.DataFrame, lease: pd.Series, day: pd.Series) -> np.ndarray:
    return _up_to(rows, lease, day) - _up_to(rows, lease, pd.Series(-1, index=lease.index))


def _judged_counts(nets: np.ndarray, pays: np.ndarray, there: np.ndarray, late: np.ndarray, day: int) -> pd.DataFrame:
    net, paid = nets[:, -3:].sum(axis=1), pays[:, -3:].sum(axis=1)
    is_known = there[:, -3:].all(axis=1) & (net > 0)
    share = np.maximum(100 * paid // np.where(is_known, net, 1), 0)
    counts = {f"unpaid_terms_{n}": (late[:, -n:] > day - days).sum(axis=1) for n, days in ((3, 125), (6, 215), (12, 365))}
    return pd.DataFrame({"judged_terms": there[:, -12:].sum(axis=1), **counts, "paid_share_3": np.where(is_known, share, np.nan)})


def _payments(ledger: Ledger) -> pd.DataFrame:
    money = ledger.entries[ledger.entries.kind.isin(MONEY)]
    rejects = money[money.kind == "payment_rejected"]
    paid = money[
        (money.kind != "payment_rejected") & (money.value_on <= ledger.day) & ~money.entry_id.isin(rejects.reverses.dropna())
    ]
    recent = rejects[(rejects.value_on <= ledger.day) & (rejects.value_on > ledger.day - 120)]
    found = pd.DataFrame({"days_since_payment": ledger.day - paid.groupby("lease").value_on.max()}, index=ledger.leases.index)
    return found.assign(rejects_120d=recent.groupby("lease").size().reindex(found.index, fill_value=0))
