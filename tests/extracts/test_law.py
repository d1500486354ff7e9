"""On every lease of both extracts that the law may speak of: what it is told makes the ledger, each line its situation."""

from pathlib import Path

import pytest

from riskmodel.lake import Source
from riskmodel.law.wording import recomputed
from riskmodel.steps import law_facts, law_night, law_rows, law_told
from tests.extracts.conftest import FULL_DAY
from tests.lakes import features_of


@pytest.mark.parametrize("name", ["canonical_lake", "ulysse_lake"])
def test_a_night_of_the_law_rests_on_the_ledger_to_the_cent(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source: Source = request.getfixturevalue(name)
    rows = law_facts.concerned(features_of(source, FULL_DAY, tmp_path))
    leases = list(law_facts.leases(source, FULL_DAY, rows))
    night = law_night.read(leases, FULL_DAY)
    made = {lease.lease_id: lease.balances[-1].legal_cents if lease.balances else 0 for lease in leases}
    assert made == {lease_id: row["legal_cents"] for lease_id, row in rows.items()}
    owed = {one.lease_id: one.legal_cents for _, one in night.read}
    assert [row for row in night.lists if row.legal_cents != owed[row.lease_id]] == []
    assert {row.list for row in night.lists} == {"caf_report", "ccapex_referral", "hearing", "broken_plan", "judge_or_pcs"}
    assert all(recomputed(one) == one.on for _, said in night.read for one in said.deadlines)
    kept = law_rows.of_situations(night), law_rows.of_deadlines(night), law_rows.of_lists(night)
    assert len(law_told.reports(kept[0], kept[2])) == sum(row.list == "caf_report" for row in night.lists)
