"""What the lake says of a small landlord: who owes how much at the end of a month, what was done, who was spoken with."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from riskmodel.coordination.indicators import ledger
from riskmodel.coordination.indicators.ledger import Act, Default, Hearing, Stock
from riskmodel.lake import Source
from tests.lakes import laid_out

END = date(2026, 10, 31)
RENT = 400_00
MONTHS = [(2025, month) for month in range(6, 13)] + [(2026, month) for month in range(1, 11)]
UNPAID = {"B1": 0, "B2": 1, "B3": 3, "B4": 13, "B5": 5, "B6": 5}
"""How many of the newest terms each lease has not paid; B5 and B6 are overindebted, and a judge had given time to B6."""
UNITS = {"B1": "UG1", "B2": "UG1", "B3": "UG1", "B4": "UG2", "B5": "UG2", "B6": "UG2", "B9": "UG2"}


def entries(lease: str, unpaid: int) -> Iterator[dict[str, Any]]:
    for rank, (year, month) in enumerate(MONTHS):
        due = date(year, month, 5)
        said = {"lease_id": lease, "booked_on": due, "value_on": due, "period": f"{year}-{month:02}"}
        yield said | {"entry_id": f"{lease}-E{rank}", "kind": "rent", "amount_cents": RENT}
        if rank < len(MONTHS) - unpaid:
            paid = {"kind": "payment", "amount_cents": -RENT, "method": "transfer", "period": None}
            yield said | paid | {"entry_id": f"{lease}-P{rank}"}


def step(lease: str, code: str, day: date) -> dict[str, Any]:
    return {"step_id": f"{lease}-{code}-{day}", "lease_id": lease, "step": code, "dated": day}


def contact(lease: str, day: date, channel: str, outcome: str, topic: str = "arrears") -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 10)
    said = {"contact_id": f"{lease}-{day}-{channel}", "lease_id": lease, "contacted_at": at, "direction": "outbound"}
    return said | {"channel": channel, "outcome": outcome, "topic": topic}


def lease(name: str, **values: Any) -> dict[str, Any]:
    said = {"lease_id": name, "dwelling_id": f"L{name}", "household_id": f"M{name}", "start_date": date(2020, 1, 5)}
    return said | {"occupancy": "tenant", "rent_term": "in_advance", "due_day": 5} | values


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Source:
    freed = [{"lease_id": name, "step": "admissible", "dated": date(2026, 10, 20)} for name in ("B5", "B6")]
    granted = {"plan_id": "P6", "lease_id": "B6", "framework": "judge", "signed_on": date(2026, 10, 1), "instalments": 36}
    granted |= {"first_due_on": date(2026, 11, 10), "instalment_cents": 50_00, "debt_included_cents": 1_600_00}
    protocol = granted | {"plan_id": "P4", "lease_id": "B4", "framework": "pcs", "signed_on": date(2026, 9, 14)}
    return laid_out(
        tmp_path_factory.mktemp("lac"),
        {
            "dwellings": [{"dwelling_id": f"L{name}", "management_unit": unit} for name, unit in UNITS.items()],
            "leases": [*map(lease, UNPAID), lease("B9", end_date=date(2026, 9, 30))],
            "entries": [entry for name, unpaid in UNPAID.items() for entry in entries(name, unpaid)],
            "overindebtedness": freed,
            "plans": [granted, protocol],
            "procedures": [
                *(step("B3", "caf_report", date(2026, 10, 12)), step("B3", "ccapex_referral", date(2026, 10, 20))),
                *(step("B4", "payment_order", date(2026, 3, 2)), step("B4", "payment_order", date(2026, 3, 20))),
                *(step("B4", "summons", date(2026, 5, 4)), step("B4", "hearing", date(2026, 7, 1))),
                *(step("B4", "hearing", date(2026, 9, 1)), step("B4", "pcs_signed", date(2026, 9, 12))),
                *(step("B9", "order_to_leave", date(2026, 6, 3)), step("B9", "hearing", date(2026, 2, 3))),
            ],
            "contacts": [
                contact("B3", date(2026, 8, 6), "phone", "message_left"),
                contact("B3", date(2026, 8, 10), "phone", "reached", "technical_access"),
                contact("B3", date(2026, 9, 1), "phone", "reached"),
                contact("B4", date(2026, 6, 2), "visit", "appointment_kept"),
                contact("B9", date(2026, 2, 3), "office", "reached"),
            ],
        },
    )


def test_debts_of_a_unit_are_counted_by_how_many_usual_terms_they_make(lake: Source) -> None:
    assert ledger.stock(lake, END)["UG1"] == Stock(3, 2, 1, 0, 0, 4 * RENT, 4 * RENT)


def test_a_debt_that_overindebtedness_forbids_to_claim_is_apart_unless_a_judge_gave_time(lake: Source) -> None:
    found = ledger.stock(lake, END)["UG2"]
    assert (found.households, found.owing, found.three_months, found.twelve_months, found.frozen) == (3, 2, 2, 1, 1)
    assert found.claimable_cents == (13 + 5) * RENT
    assert found.legal_cents == (13 + 5 + 5) * RENT


def test_a_past_month_has_the_debts_of_its_own_evening(lake: Source) -> None:
    found = ledger.stock(lake, date(2026, 8, 31))
    assert (found["UG1"].owing, found["UG1"].claimable_cents) == (1, RENT)
    assert (found["UG2"].owing, found["UG2"].twelve_months, found["UG2"].frozen) == (3, 0, 0)


def test_a_default_is_a_debt_that_lasted_and_is_dated_of_its_first_term(lake: Source) -> None:
    """B2 owes since this month alone: nothing lasted yet."""
    found = [one for one in ledger.defaults(lake, END) if one.management_unit == "UG1"]
    assert found == [Default("UG1", date(2026, 8, 5), spoken_on=date(2026, 9, 1), referred_on=date(2026, 10, 12))]


def test_an_act_counts_a_household_once_a_month_whoever_tells_it(lake: Source) -> None:
    acts, _ = ledger.done(lake, END)
    assert Act("UG2", "2026-03", "payment_order", 1) in acts
    assert Act("UG2", "2026-09", "pcs_signed", 1) in acts
    assert Act("UG2", "2026-06", "order_to_leave", 1) in acts


def test_of_the_hearings_after_a_summons_the_first_is_judged_on_what_came_before_it(lake: Source) -> None:
    _, hearings = ledger.done(lake, END)
    assert sorted(hearings, key=lambda one: one.hearing_on) == [
        Hearing("UG2", date(2026, 2, 3), is_spoken=False, is_met=False),
        Hearing("UG2", date(2026, 7, 1), is_spoken=True, is_met=True),
    ]


def test_what_is_dated_after_the_day_is_not_counted(lake: Source) -> None:
    acts, hearings = ledger.done(lake, date(2026, 4, 30))
    assert {act.act for act in acts} == {"payment_order", "hearing"}
    assert [one.hearing_on for one in hearings] == [date(2026, 2, 3)]
