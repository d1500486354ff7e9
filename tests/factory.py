"""A tiny landlord made by hand: canonical rows with sensible defaults, and deliveries of a few lines."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from riskmodel.contracts import TABLES
from riskmodel.settings import Settings, load

Rows = list[dict[str, Any]]

DEFAULTS: dict[str, dict[str, Any]] = {
    "dwellings": {
        "dwelling_id": "L1",
        "management_unit": "UG01",
        "commune_code": "76351",
        "typology": "T3",
        "floor_area_m2": "61.5",
    },
    "leases": {
        "lease_id": "B1",
        "dwelling_id": "L1",
        "household_id": "M1",
        "signed_on": "2024-01-02",
        "start_date": "2024-01-05",
        "occupancy": "tenant",
        "rent_term": "in_arrears",
        "due_day": 5,
        "payment_method": "direct_debit",
    },
    "entries": {
        "entry_id": "E1",
        "lease_id": "B1",
        "booked_on": "2026-09-21",
        "value_on": "2026-10-05",
        "period": "2026-09",
        "kind": "rent",
        "amount": "400.00",
    },
    "benefits": {
        "lease_id": "B1",
        "month": "2026-09",
        "kind": "apl",
        "amount": "150.00",
        "paid_to": "landlord",
        "state": "open",
        "known_on": "2026-09-10",
    },
    "contacts": {
        "contact_id": "C1",
        "lease_id": "B1",
        "at": "2026-10-12T10:30:00",
        "channel": "phone",
        "direction": "outbound",
        "outcome": "no_answer",
        "topic": "arrears",
    },
    "obligations": {
        "obligation_id": "O1",
        "lease_id": "B1",
        "kind": "ops_survey",
        "requested_on": "2026-09-01",
        "due_on": "2026-10-01",
    },
    "plans": {
        "plan_id": "P1",
        "lease_id": "B1",
        "framework": "amicable",
        "signed_on": "2026-06-01",
        "first_due_on": "2026-07-05",
        "instalment": "50.00",
        "instalments": 12,
        "debt_included": "600.00",
    },
    "procedures": {"step_id": "S1", "lease_id": "B1", "step": "reminder", "dated": "2026-10-01", "amount": "400.00"},
    "overindebtedness": {"lease_id": "B1", "step": "filed", "dated": "2026-08-01"},
    "tenants": {"tenant_id": "T1", "lease_id": "B1", "role": "holder", "last_name": "EXEMPLE"},
    "balances": {"lease_id": "B1", "as_of": "2026-10-31", "balance": "400.00"},
}


def row(table: str, **values: Any) -> dict[str, Any]:
    """One canonical row of `table`: the defaults above, overridden by `values` (contract names, euros, ISO dates)."""
    return {**DEFAULTS[table], **values}


def house(folder: Path, *landlords: str, profile: str = "canonique", **declared: Any) -> Settings:
    """Settings of an installation under `folder` with declared synthetic landlords whose inbox is `folder`/inbox."""
    declarations = folder / "var" / "bailleurs"
    declarations.mkdir(parents=True, exist_ok=True)
    for landlord_id in landlords or ("essai",):
        keys = {
            "name": f"Bailleur {landlord_id}",
            "profile": profile,
            "inbox": str(folder / "inbox"),
            "is_synthetic": True,
            **declared,
        }
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
        (declarations / f"{landlord_id}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load({"VIGIE_HOME": str(folder / "var")})


def deliver(
    inbox: Path,
    as_of: date | str,
    tables: dict[str, Rows],
    *,
    landlord_id: str = "essai",
    mode: str = "full",
    manifest: bool = True,
) -> Path:
    """Write a canonical delivery folder `inbox`/landlord/day with one CSV a table and true control totals; return it."""
    folder = inbox / landlord_id / str(as_of)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", name, rows)
    if manifest:
        write_manifest(folder, tables, mode)
    return folder


def write_csv(path: Path, table: str, rows: Rows) -> None:
    """One canonical CSV with every column of the contract, empty where a row says nothing."""
    names = [column.name for column in TABLES[table].columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: "" if values.get(name) is None else values[name] for name in names} for values in rows)


def write_manifest(folder: Path, tables: dict[str, Rows], mode: str = "full", **overrides: Any) -> None:
    """The manifest.json that is true of `tables`, except for `overrides`."""
    totals: dict[str, dict[str, Any]] = {name: {"rows": len(rows)} for name, rows in tables.items()}
    if "entries" in tables:
        totals["entries"]["amount_total"] = str(_total(tables["entries"]))
    said = {"contract": 1, "landlord_id": folder.parent.name, "as_of": folder.name, "mode": mode, "tables": totals}
    (folder / "manifest.json").write_text(json.dumps({**said, **overrides}), encoding="utf-8")


def _total(rows: Iterable[dict[str, Any]]) -> Decimal:
    return sum((Decimal(str(values["amount"])) for values in rows), Decimal("0.00"))
