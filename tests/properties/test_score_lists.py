"""The action rule (the tab) and the reasons cannot contradict each other, whatever the ledger and whatever the table."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.features.dictionary import FEATURES
from riskmodel.score import PublishedTable, apply
from riskmodel.weekly.compose import compose
from riskmodel.weekly.frozen import Row
from riskmodel.weekly.stock import assemble, place
from tests.lakes import Rows
from tests.properties.landlords import landlords
from tests.properties.tables import tables
from tests.properties.test_ledger import computed
from tests.properties.troubles import troubled
from tests.reference.agreement import plain
from tests.unit.weekly.stocks import DTYPES, edition

RIGHTS = pd.DataFrame(columns=["lease_id", "has_objected", "is_deceased", "is_represented"])
MONEY = {feature.name for feature in FEATURES if feature.tables[0] in ("entries", "benefits", "plans")}
DENIED = {
    "incident": MONEY,
    "entrant": MONEY,
    "plan_tenu": {"plan_missed", "is_clause_missed"},
    "surendettement": {"plan_missed", "is_clause_missed"},
    "paiement_en_chemin": set(),
    "aide_attendue": set(),
    "dette_technique": set(),
}
"""Inputs that a cause says are not the household's doing, or not true. The last three take an amount out of the debt before it is
scored: what is left of it is no part of the cause."""
SCORES = {"derive": "drift", "decrochage": "decrochage"}


@settings(max_examples=settings.default.max_examples // 2)
@given(st.one_of(troubled(), landlords()), tables("derive"), tables("decrochage"), st.booleans())
def test_a_row_is_on_a_scored_tab_for_the_reasons_it_shows(
    landlord: tuple[date, Rows], drift: PublishedTable, contact: PublishedTable, is_low: bool
) -> None:
    as_of, rows = landlord
    drift, contact = (replace(table, minimum=1) if is_low else table for table in (drift, contact))
    stock, listed = weekly(as_of, rows, drift, contact)
    for row in listed:
        table = {"derive": drift, "decrochage": contact}[row.tab]
        score = getattr(row, SCORES[row.tab])
        own = [reason for reason in row.reasons if reason.score == row.tab]
        assert score >= table.minimum
        assert own[0].points == max(reason.points for reason in own) > 0
        assert score == sum(reason.points for reason in own) == stock.at[row.lease_id, row.tab]
        assert not is_denied(row, stock.at[row.lease_id, "cause"])
        assert row.tab == "decrochage" or is_in_the_cohort(stock.loc[row.lease_id])


def weekly(as_of: date, rows: Rows, drift: PublishedTable, contact: PublishedTable) -> tuple[pd.DataFrame, list[Row]]:
    """The placed stock of a landlord and the rows of its scored tabs; six places a unit, none of them drawn."""
    known = plain(computed(rows, as_of))
    frame = pd.DataFrame({f.name: pd.Series([row[f.name] for row in known.values()], dtype=DTYPES[f.type]) for f in FEATURES})
    scores = pd.concat([apply(table, frame).assign(table=table.name) for table in (drift, contact)])
    on = replace(edition(6, monday=as_of + timedelta(days=1), last_delivery=as_of), drift=drift, contact=contact)
    stock = place(assemble(frame, scores, RIGHTS), on)
    (made,) = compose(stock, on, {}).lists if len(stock) else (None,)
    return stock, [row for row in made.rows if row.tab in SCORES] if made else []


def is_in_the_cohort(household: pd.Series) -> bool:
    """What no point can change: the lease goes on, less than two terms are owed, the debt is no plan's nor the law's."""
    return household["overdue_terms"] < 1.9 and not household["is_terminated"] and not household["is_lawful"]


def is_denied(row: Row, cause: Any) -> set[str]:
    """Inputs among the reasons that the cause found for the same household denies."""
    cited = {reason.input for reason in row.reasons if reason.points}
    return set() if pd.isna(cause) else cited & DENIED[cause]
