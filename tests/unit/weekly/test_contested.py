"""Households that dispute a fact: what a score reads is unknown, what a rule of law reads stays, and the row says so."""

from dataclasses import replace
from typing import Any

import pandas as pd

from riskmodel.documents import phrases
from riskmodel.people.corrections import unknown
from riskmodel.people.facts import facts
from riskmodel.score import apply
from riskmodel.weekly.compose import compose
from riskmodel.weekly.frozen import Row
from riskmodel.weekly.stock import assemble, place
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, features

SAID = "Contesté par le ménage."
NOBODY = pd.DataFrame(columns=["lease_id", "has_objected", "is_deceased", "is_represented"])


def listed(fact: str, *households: dict[str, Any]) -> list[Row]:
    """The rows of these households when the first of them disputes a fact."""
    inputs = {"B1": facts()[fact].inputs}
    on = edition(disputed=inputs, contested={"B1": SAID})
    frame = features(*households)
    scores = [apply(table, unknown(frame, inputs)).assign(table=table.name) for table in (on.drift, on.contact)]
    return list(compose(place(assemble(frame, pd.concat(scores), NOBODY), on), on, {}).lists[0].rows)


def test_a_household_whose_debt_is_disputed_is_not_on_the_drift_tab() -> None:
    rows = listed("payment_not_counted", OWES_A_TERM | {"rejects_120d": 2, "has_benefit_break": True}, OWES_A_TERM)
    assert [(row.lease_id, row.tab) for row in rows] == [("B2", "derive")]


def test_reasons_that_are_left_add_up_and_none_cites_what_is_disputed() -> None:
    row = next(row for row in listed("payment_rejected_wrongly", LOST | {"rejects_120d": 2}) if row.lease_id == "B1")
    assert row.tab == "decrochage"
    assert sum(reason.points for reason in row.reasons if reason.score == "decrochage") == row.decrochage
    assert not {reason.input for reason in row.reasons} & set(facts()["payment_rejected_wrongly"].inputs)
    assert row.facts["rejects_120d"] is None


def test_the_row_says_what_is_disputed_and_other_rows_say_nothing() -> None:
    first, second = sorted(listed("occupancy_wrong", OWES_A_TERM, OWES_A_TERM), key=lambda row: row.lease_id)
    assert first.facts["contested"] == SAID
    assert "contested" not in second.facts


def test_an_urgency_of_law_goes_on_from_the_account_as_delivered() -> None:
    (row,) = listed("plan_kept", {"is_clause_missed": True, "plan_missed": 1, "plan_state": "missed", "plan_framework": "judge"})
    assert (row.tab, row.facts["contested"]) == ("urgence", SAID)
    assert "clause" in (row.why or "")


def test_what_is_disputed_is_read_first_on_screen_and_in_the_workbook() -> None:
    rows = listed("occupancy_wrong", OWES_A_TERM, OWES_A_TERM)
    first = next(row for row in rows if row.lease_id == "B1")
    assert phrases.seen(first).splitlines()[0] == SAID
    assert phrases.why(replace(first, tab="urgence", why="Audience proche.")).splitlines() == [SAID, "Audience proche."]
    assert SAID not in phrases.seen(next(row for row in rows if row.lease_id == "B2"))
