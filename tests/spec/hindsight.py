"""Several drawn households followed over the same half-year, read twice: by the reference, and by the SQL of the product."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.lakes import Rows, laid_out
from tests.measured import disagreements, measured, read_plainly
from tests.spec.neighbour import NEIGHBOUR

SUNDAY = date(2026, 2, 1)
KEYS = ("entry_id", "contact_id", "obligation_id", "plan_id", "step_id", "tenant_id", "reverses")


def follow(*, last: str = "2026-12-31", **households: Rows) -> dict[str, dict[str, Any]]:
    """What was measured of each drawn household for Sunday 1 February 2026, on which both readings agree."""
    rows = _together(households)
    with TemporaryDirectory() as name:
        source, delivered = laid_out(Path(name), rows), date.fromisoformat(last)
        found = measured(source, SUNDAY, delivered, Path(name))
        expected = read_plainly(source, SUNDAY, delivered, found, rows.get("tenants", []))
    assert disagreements(found, expected) == []
    return {name: found[name] for name in households}


def drift(**households: Rows) -> dict[str, tuple[date | None, str | None, date | None]]:
    """Event, stop and day of the stop for the drift of each household."""
    found = follow(**households)
    return {name: (row["derive_on"], row["derive_end"], row["derive_end_on"]) for name, row in found.items()}


def lost(**households: Rows) -> dict[str, tuple[date | None, str | None]]:
    """Day and way in which contact with each household was lost."""
    return {name: (row["decrochage_on"], row["decrochage_way"]) for name, row in follow(**households).items()}


def _together(households: dict[str, Rows]) -> Rows:
    """One landlord: the neighbour, and each drawn lease B1 under the name of its case."""
    rows: Rows = {name: list(lines) for name, lines in NEIGHBOUR.items()}
    for case, drawn in households.items():
        for table, lines in drawn.items():
            own = [line for line in lines if line.get("lease_id", "").startswith("B1")]
            rows.setdefault(table, []).extend(_renamed(line, case) for line in own)
    return rows


def _renamed(line: dict[str, Any], case: str) -> dict[str, Any]:
    own = {key: f"{case} {line[key]}" for key in KEYS if line.get(key)}
    lease = {"lease_id": case + line["lease_id"].removeprefix("B1")}
    return line | own | lease | ({"household_id": case} if "household_id" in line else {})
