"""The manifest a delivery may bring: its mode and control totals, and whether it speaks of this very delivery."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from riskmodel.contracts import TABLES
from riskmodel.intake.door import Drop
from riskmodel.intake.faults import Fault

FILE = "manifest.json"
MODES = ("full", "incremental")
EUROS = re.compile(r"([+-]?)(\d+)(?:\.(\d{1,2}))?")


@dataclass(frozen=True)
class Totals:
    """Control totals of one table: rows, and the sum of `amount` in cents when it was given."""

    rows: int | None = None
    amount_cents: int | None = None


@dataclass(frozen=True)
class Manifest:
    """What the manifest says. Without one a delivery is full and has no control totals."""

    mode: str = "full"
    totals: dict[str, Totals] = field(default_factory=dict)


def read(drop: Drop) -> tuple[Manifest, list[Fault]]:
    """The manifest of a delivery, and every way in which it contradicts the folder, the contract or itself."""
    if FILE not in drop.names():
        return Manifest(), []
    with drop.open(FILE) as file:
        try:
            said = json.loads(file.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError) as fault:
            return Manifest(), [Fault("manifest", "", FILE, None, "", str(fault), "un objet JSON en UTF-8")]
    if not isinstance(said, dict) or not isinstance(said.get("tables", {}), dict):
        return Manifest(), [
            Fault("manifest", "", FILE, None, "", "autre chose", "un objet JSON avec contract, landlord_id, as_of, mode")
        ]
    faults = [*_contradictions(said, drop), *_totals_faults(said.get("tables", {}))]
    mode = said["mode"] if said.get("mode") in MODES else "full"
    return Manifest(mode, {} if faults else {name: _totals(value) for name, value in said.get("tables", {}).items()}), faults


def cents(text: str) -> int | None:
    """Euros written with a point and at most two decimals, in cents; None when written otherwise."""
    found = EUROS.fullmatch(text.strip())
    if not found:
        return None
    amount = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -amount if found[1] == "-" else amount


def _contradictions(said: dict[str, Any], drop: Drop) -> Iterator[Fault]:
    expected = {"contract": 1, "landlord_id": drop.landlord_id, "as_of": drop.as_of.isoformat()}
    for key, value in expected.items():
        if said.get(key) != value:
            yield _fault(key, said.get(key), f"{value}, comme le dossier" if key != "contract" else "1, la version du contrat")
    if said.get("mode") not in MODES:
        yield _fault("mode", said.get("mode"), "full ou incremental")


def _totals_faults(tables: dict[str, Any]) -> Iterator[Fault]:
    for name, value in tables.items():
        if name not in TABLES:
            yield _fault("tables", name, f"l'une des tables : {', '.join(TABLES)}")
        elif not isinstance(value, dict) or not isinstance(value.get("rows", 0), int):
            yield _fault(f"tables.{name}", value, '{"rows": nombre entier, "amount_total": "euros"}')
        elif "amount_total" in value and (cents(str(value["amount_total"])) is None or not _has_amount(name)):
            yield _fault(
                f"tables.{name}.amount_total",
                value["amount_total"],
                "des euros entre guillemets, pour une table qui a un montant",
            )


def _totals(value: dict[str, Any]) -> Totals:
    amount = value.get("amount_total")
    return Totals(value.get("rows"), None if amount is None else cents(str(amount)))


def _has_amount(table: str) -> bool:
    return "amount_cents" in TABLES[table].stored_columns


def _fault(key: str, seen: Any, expected: str) -> Fault:
    return Fault("manifest", "", FILE, None, key, "absent" if seen is None else str(seen), expected)
