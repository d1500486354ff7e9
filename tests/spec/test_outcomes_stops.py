"""docs/outcomes.md § 4: what stops the watch before an event, and what does not."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.lakes import Rows
from tests.measured import tenant as holder
from tests.spec.drawing import household
from tests.spec.hindsight import SUNDAY, drift, follow
from tests.spec.neighbour import LEASE

PAID = "| 2025-01-06 à 2026-12-06 | virement | -400,00 | |"
OWES_A_TERM = "| 2025-01-06 à 2025-12-06 | virement | -400,00 | |\n| 2026-03-06 à 2026-12-06 | virement | -400,00 | |"


def tenant(paid: str = PAID, *, lease: dict[str, Any] | None = None, **drawn: str) -> Rows:
    """400 € a month due on the 5th."""
    entries = "| valeur | écriture | montant | période |\n| 2025-01-05 à 2026-12-05 | loyer | 400,00 | mois |\n" + paid
    return household(entries=entries, lease=lease, **drawn)


@pytest.mark.parametrize("word", ["amiable", "CAF", "juge", "PCS"])
def test_a_plan_signed_before_the_fifteen_days_are_over_stops_the_watch(word: str) -> None:
    plan = "| cadre | signé | première | échéance | nombre | dette |\n| {} | {} | 2026-04-05 | 50,00 | 16 | 800,00 |"
    found = drift(
        within=tenant(OWES_A_TERM, plans=plan.format(word, "2026-02-19")),
        after=tenant(OWES_A_TERM, plans=plan.format(word, "2026-02-20")),
    )
    assert found == {"within": (None, "plan", date(2026, 2, 19)), "after": (date(2026, 2, 5), None, None)}


def test_an_overindebtedness_that_is_admissible_stops_the_drift_only() -> None:
    found = follow(frozen=tenant(overindebtedness="| étape | le |\n| dépôt | 2026-02-10 |\n| recevabilité | 2026-03-10 |"))[
        "frozen"
    ]
    assert (found["derive_end"], found["derive_end_on"]) == ("frozen", date(2026, 3, 10))
    assert (found["decrochage_end"], found["decrochage_end_on"]) == (None, None)


def test_a_household_that_leaves_owes_from_nine_tenths_of_a_term() -> None:
    def leaver(unpaid: str) -> Rows:
        paid = f"| 2025-01-06 à 2026-02-06 | virement | -400,00 | |\n| 2026-03-06 | virement | -{unpaid} | |"
        rent = "| valeur | écriture | montant | période |\n| 2025-01-05 à 2026-03-05 | loyer | 400,00 | mois |\n"
        return household(entries=rent + paid, lease={"end_date": date(2026, 3, 31)})

    found = drift(clear=leaver("40,01"), owing=leaver("40,00"))
    assert found == {"clear": (None, "left_clear", date(2026, 3, 31)), "owing": (None, "left_owing", date(2026, 3, 31))}


def test_a_household_that_takes_another_dwelling_within_a_month_has_moved() -> None:
    def leaver(days: int) -> Rows:
        rows = tenant(lease={"end_date": date(2026, 4, 10)})
        start = date(2026, 4, 10) + timedelta(days=days)
        rows["leases"].append(LEASE | {"lease_id": "B1 bis", "signed_on": start, "start_date": start})
        return rows

    found = {name: end for name, (_, end, _) in drift(before=leaver(-31), after=leaver(31), later=leaver(32)).items()}
    assert found == {"before": "moved", "after": "moved", "later": "left_clear"}


def test_a_death_and_an_objection_stop_both_watches() -> None:
    def with_holders(*known: dict[str, Any]) -> Rows:
        return tenant() | {"tenants": [holder("B1", number, **one) for number, one in enumerate(known)]}

    died = {"deceased_on": date(2026, 4, 2)}
    found = follow(
        alone=with_holders(died),
        survived=with_holders(died, {"role": "co_holder"}),
        both=with_holders(died, {"role": "co_holder", "left_on": date(2026, 5, 1)}),
        objects=with_holders({"objected_on": date(2026, 6, 2)}),
        guarantor=with_holders({}, {"role": "guarantor", "objected_on": date(2026, 6, 2)}),
    )
    stops = {
        "alone": ("died", date(2026, 4, 2)),
        "survived": (None, None),
        "both": ("died", date(2026, 5, 1)),
        "objects": ("objection", date(2026, 6, 2)),
        "guarantor": (None, None),
    }
    for score in ("derive", "decrochage"):
        assert {name: (row[f"{score}_end"], row[f"{score}_end_on"]) for name, row in found.items()} == stops


def test_the_first_stop_counts_and_none_after_the_last_horizon_has_closed() -> None:
    closes = SUNDAY + timedelta(days=195)
    found = drift(
        two=tenant(
            lease={"end_date": date(2026, 5, 4)},
            overindebtedness="| étape | le |\n| recevabilité | 2026-05-03 |",
        ),
        last_day=tenant(lease={"end_date": closes - timedelta(days=1)}),
        too_late=tenant(lease={"end_date": closes}),
    )
    assert found == {
        "two": (None, "frozen", date(2026, 5, 3)),
        "last_day": (None, "left_clear", closes - timedelta(days=1)),
        "too_late": (None, None, None),
    }


def test_a_history_that_ends_says_nothing_of_what_came_next() -> None:
    found = follow(last="2026-03-18", quiet=tenant(), owes=tenant(OWES_A_TERM))
    assert {name: (row["derive_on"], row["derive_end"], row["derive_end_on"]) for name, row in found.items()} == {
        "quiet": (None, "history_ends", date(2026, 3, 18)),
        "owes": (date(2026, 2, 5), None, None),
    }
    assert {row["known_until"] for row in found.values()} == {date(2026, 3, 18)}
    assert drift(last="2026-02-18", owes=tenant(OWES_A_TERM)) == {"owes": (None, "history_ends", date(2026, 2, 18))}
    assert drift(last="2026-02-19", owes=tenant(OWES_A_TERM)) == {"owes": (date(2026, 2, 5), None, None)}
