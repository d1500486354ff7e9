"""The account and the history of listed households on a day, read for thousands of leases at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from riskmodel.explain.timeline import timelines
from riskmodel.features import blocks
from riskmodel.features.scenarios import AT_ONCE, Copies, Scenario, copies
from riskmodel.lake import Source

BLOCKS = ("statements/statement", "households/series", "households/instalments")
"""Files under `sql/`, run after those that features rest on."""

BALANCES = {
    "current": "current_cents",
    "technical": "technical_cents",
    "frozen": "frozen_cents",
    "legal": "legal_cents",
    "benefit_gap": "benefit_gap_cents",
    "benefit_advance": "benefit_advance_cents",
}
"""Features by name in the file: legal = current + technical + frozen + benefit_gap − benefit_advance (docs/ledger.md, § 4)."""

File = dict[str, Any]

_SERIES = """
    SELECT o.lease_id, s.* EXCLUDE (lease_no)
    FROM series s
    JOIN occupied o ON o.lease_no = s.lease_no
    ORDER BY o.lease_id, s.period"""


def households(source: Source, as_of: date, leases: Iterable[str]) -> Iterator[tuple[str, File]]:
    """Each of `leases` in force on `as_of`, with its `series`, `timeline` and `balances` (register.models.HouseholdFile), of what
    was known at the end of that day. Leases are computed AT_ONCE together, so that a list of any length fits in memory."""
    asked = sorted(set(leases))
    with copies(source, as_of, asked) as ready:
        for first in range(0, len(asked), AT_ONCE):
            yield from _share(ready, asked[first : first + AT_ONCE])


def _share(ready: Copies, leases: list[str]) -> Iterator[tuple[str, File]]:
    features = ready.features({lease_id: Scenario(lease_id) for lease_id in leases})
    blocks.run(ready.con, ready.as_of, (0, 0), BLOCKS)
    series, events = _series(ready), timelines(ready)
    for row in features[["lease_id", *BALANCES.values()]].to_dict("records"):
        lease_id = row["lease_id"]
        balances = {name: int(row[feature]) for name, feature in BALANCES.items()}
        yield lease_id, {"series": series[lease_id], "timeline": events.get(lease_id, []), "balances": balances}


def _series(ready: Copies) -> dict[str, list[File]]:
    found: dict[str, list[File]] = defaultdict(list)
    for row in ready.rows(_SERIES):
        found[row.pop("lease_id")].append({"month": row.pop("period"), **row})
    return found
