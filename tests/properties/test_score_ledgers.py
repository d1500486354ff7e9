"""What every table promises, on random edits of random ledgers: the hand-set tables, the fitted ones, and any legal one.

Each edit is looked at twice: in the scores of the table at hand, and in how high each published input stands, which settles it
for all tables that may ever be published.
"""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from riskmodel.contracts.contacts import CHANNELS
from riskmodel.contracts.leases import PAYMENT_METHODS
from riskmodel.score import PublishedTable, apply
from riskmodel.score.admitted import ADMITTED
from tests.lakes import Rows, laid_out, tables_of
from tests.properties.edits import Edit, Values, frame, levels, pairs, with_twins
from tests.properties.landlords import landlords
from tests.properties.tables import EFFECTS, drawn, tables
from tests.properties.test_ledger import computed, folder, without_future
from tests.properties.troubles import troubled
from tests.reference.agreement import plain
from tests.reference.months import month_of, months_later, shift
from tests.reference.rhythm import judged_terms, not_fully_paid
from tests.reference.rows import Account, accounts
from tests.reference.terms import terms

ANY = st.one_of(landlords(leases=4), troubled(leases=4))
HALF = settings(max_examples=settings.default.max_examples // 2)
"""Half as many examples: each computes features of eight households."""
BOTH = ("derive", "decrochage")
CENTS = st.sampled_from([1, 40_00, 133_33, 400_00, 9_999_99])
DEBT = ("entries", "benefits", "plans", "procedures", "overindebtedness", "balances")
TERM_KINDS = ("rent", "charges", "rent_reduction", "occupancy_charge", "supplementary_rent")


def scores(table: PublishedTable, pair: tuple[Values, Values]) -> tuple[int, int]:
    before, after = apply(table, frame(pair))["score"]
    return before, after


def never_higher(pair: tuple[Values, Values], score: str, table: PublishedTable) -> None:
    """The twin stands no higher than the household, in any published input nor in the table's score."""
    before, after = (levels(score, values) for values in pair)
    risen = {name: (pair[0][name], pair[1][name]) for name in before if after[name] > before[name]}
    assert not risen, (pair[0]["lease_id"], risen)
    first, second = scores(table, pair)
    assert second <= first


@HALF
@given(ANY, tables("derive"), tables("decrochage"))
def test_points_add_up_to_the_score_on_every_row(
    landlord: tuple[date, Rows], drift: PublishedTable, contact: PublishedTable
) -> None:
    as_of, rows = landlord
    features = computed(rows, as_of)
    for table in (drift, contact):
        found = apply(table, features)
        points = found.drop(columns=["lease_id", "score"])
        assert (found["score"] == points.sum(axis=1)).all()
        assert (points >= 0).all(axis=None)
        assert found["score"].le(table.total).all()


@HALF
@given(ANY, tables("derive"), st.integers(-10, 450), CENTS, st.booleans(), st.sampled_from([None, *PAYMENT_METHODS]))
def test_paying_never_raises_the_drift_score(
    landlord: tuple[date, Rows], table: PublishedTable, days: int, cents: int, is_own: bool, method: str | None
) -> None:
    as_of, rows = landlord
    day = as_of - timedelta(days=days)

    def pays(lease_id: str, own: Rows) -> None:
        kind = "payment" if is_own else "third_party_payment"
        paid = {"booked_on": day, "value_on": day, "kind": kind, "amount_cents": -cents, "method": method if is_own else None}
        own["entries"].append(paid | {"entry_id": f"{lease_id}-P", "lease_id": lease_id})

    for pair in pairs(rows, pays, as_of):
        never_higher(pair, "derive", table)


@HALF
@given(ANY, tables("derive"), st.integers(0, 70), st.integers(0, 70), CENTS)
def test_a_new_unpaid_term_never_lowers_the_drift_score(
    landlord: tuple[date, Rows], table: PublishedTable, later: int, back: int, cents: int
) -> None:
    drawn_on, rows = landlord
    as_of = drawn_on + timedelta(days=later)
    edited = with_twins(rows, falls_due(as_of, back, cents))
    with folder() as aside:
        known = {account.lease.lease_id: account for account in accounts(tables_of(laid_out(aside, edited), as_of))}
    for before, after in pairs(rows, falls_due(as_of, back, cents), as_of):
        if is_left_unpaid(known[after["lease_id"]], as_of):
            never_higher((after, before), "derive", table)


def falls_due(as_of: date, back: int, cents: int) -> Edit:
    """One more term, no older than those already due. It was forgotten long ago: no benefit is expected for it."""

    def edit(lease_id: str, own: Rows) -> None:
        due = [e["value_on"] for e in own["entries"] if e["kind"] in TERM_KINDS and e["value_on"] <= as_of]
        day = max([as_of - timedelta(days=back), *due])
        term = {"booked_on": day, "value_on": day, "period": shift(month_of(as_of), -60), "kind": "rent", "amount_cents": cents}
        own["entries"].append(term | {"entry_id": f"{lease_id}-T", "lease_id": lease_id})

    return edit


def is_left_unpaid(account: Account, as_of: date) -> bool:
    """Nothing came for the newest term: it is not judged yet, or it is judged unpaid without a cent in its window."""
    due = [term for term in terms(account, as_of) if term.due_on <= as_of]
    judged = judged_terms(account, due, as_of)
    if not judged or judged[-1].due_on < due[-1].due_on:
        return True
    return judged[-1].paid <= 0 and judged[-1] in not_fully_paid(judged, account, as_of)


@HALF
@given(
    ANY,
    tables("derive"),
    tables("decrochage"),
    st.integers(0, 1_200),
    st.sampled_from(list(CHANNELS)),
    st.sampled_from([("inbound", "reached"), ("outbound", "reached"), ("outbound", "appointment_kept"), ("outbound", "refused")]),
)
def test_an_answered_contact_never_raises_either_score(
    landlord: tuple[date, Rows],
    drift: PublishedTable,
    contact: PublishedTable,
    days: int,
    channel: str,
    way: tuple[str, str],
) -> None:
    as_of, rows = landlord
    assume(rows["contacts"])
    day = as_of - timedelta(days=days)

    def answers(lease_id: str, own: Rows) -> None:
        said = {"contacted_at": datetime(day.year, day.month, day.day, 12), "channel": channel, "topic": "other"}
        said |= {"contact_id": f"{lease_id}-A", "lease_id": lease_id, "direction": way[0], "outcome": way[1]}
        own["contacts"].append(said)

    for pair in pairs(rows, answers, as_of):
        never_higher(pair, "derive", drift)
        never_higher(pair, "decrochage", contact)


@HALF
@given(ANY, tables("decrochage"))
def test_without_any_fact_of_debt_the_score_of_lost_contact_is_the_same(
    landlord: tuple[date, Rows], table: PublishedTable
) -> None:
    as_of, rows = landlord

    def forgets_debt(_lease_id: str, own: Rows) -> None:
        own.update({name: [] for name in DEBT})

    for pair in pairs(rows, forgets_debt, as_of):
        assert levels("decrochage", pair[0]) == levels("decrochage", pair[1])
        first, second = scores(table, pair)
        assert first == second


SWAPPED: dict[str, dict[str, Any]] = {
    "leases": {"household_id": "MX", "dwelling_id": "LX", "household_type": "single_parent", "holder_birth_year": 1951}
    | {"occupancy": "occupant_without_title", "terminated_on": date(2020, 2, 3), "due_day": 17},
    "contacts": {"topic": "survey"},
    "procedures": {"step": "judgment", "hearing_on": None},
    "entries": {"label": "Mme Untel, 3 enfants"},
}
"""What is no published input, whatever it says of a person, of a place, or of what the landlord did."""
ELSEWHERE = {"dwelling_id": "LX", "management_unit": "UG9", "commune_code": "97411", "typology": "T6", "priority_area": True}


@HALF
@given(ANY, tables("derive"), tables("decrochage"))
def test_swapping_what_is_no_published_input_changes_no_score(
    landlord: tuple[date, Rows], drift: PublishedTable, contact: PublishedTable
) -> None:
    as_of, rows = landlord
    known = {**rows, "dwellings": [*rows["dwellings"], ELSEWHERE]}

    def swaps(_lease_id: str, own: Rows) -> None:
        for name, values in SWAPPED.items():
            own[name] = [row | values for row in own[name]]

    for pair in pairs(known, swaps, as_of):
        for table in (drift, contact):
            assert levels(table.name, pair[0]) == levels(table.name, pair[1])
            first, second = scores(table, pair)
            assert first == second


FADING = sorted({EFFECTS[name] for inputs in ADMITTED.values() for name in inputs} - {0})


@HALF
@given(ANY, st.sampled_from(FADING), drawn("derive"), drawn("decrochage"))
def test_the_effect_of_every_input_is_over_on_its_stated_day(
    landlord: tuple[date, Rows], days: int, drift: PublishedTable, contact: PublishedTable
) -> None:
    """From the day on, nothing happens but terms that fall due and are paid."""
    as_of, rows = landlord
    after = plain(computed(calm_since(rows, as_of, days), as_of + timedelta(days=days)))
    for values in after.values():
        for score in BOTH:
            faded = {name: values[name] for name in ADMITTED[score] if 0 < EFFECTS[name] <= days}
            assert not any(faded.values()), faded
        for table in (drift, contact):
            points = apply(table, frame((values, values))).loc[0]
            assert sum(points[f"points_{entry.feature}"] for entry in table.inputs if 0 < entry.effect_days <= days) == 0


def calm_since(rows: Rows, as_of: date, days: int) -> Rows:
    """The landlord as known on the day, nothing of it dated later, then a term a month, paid on its day."""
    known = without_future(rows, as_of)
    known["entries"] = [row for row in known["entries"] if row["value_on"] <= as_of]
    known["contacts"] = [row for row in known["contacts"] if row["contacted_at"].date() <= as_of]
    known["benefits"] = [row for row in known["benefits"] if row["month"] <= month_of(as_of)]
    for lease in known["leases"]:
        for number in range(1, days // 30 + 2):
            known["entries"] += paid_term(lease["lease_id"], months_later(as_of, number), number)
    return known


def paid_term(lease_id: str, day: date, number: int) -> list[Values]:
    both = {"lease_id": lease_id, "booked_on": day, "value_on": day, "method": None}
    rent = {"entry_id": f"{lease_id}-C{number}", "kind": "rent", "amount_cents": 400_00, "period": shift(month_of(day), 60)}
    return [both | rent, both | {"entry_id": f"{lease_id}-D{number}", "kind": "payment", "amount_cents": -400_00}]
