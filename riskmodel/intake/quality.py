"""The quality report of a delivery: the facts (JSON), the page people open (HTML), the message of a refusal."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from riskmodel.contracts import TABLES, Table
from riskmodel.intake.door import Drop
from riskmodel.intake.examine import Examination
from riskmodel.intake.faults import RULES, Fault
from riskmodel.intake.page import page
from riskmodel.intake.profile import Profile
from riskmodel.intake.waiting import Waited

EXAMPLES = 20
"""Examples shown for a rule; the quarantine holds every row."""

SWITCHED_OFF = {
    "dwellings": "rattachement aux agences",
    "leases": "tout",
    "entries": "tout ce qui se lit au grand livre",
    "benefits": "aide attendue et non reçue, rupture de droits, mise de côté des impayés dus à l'APL",
    "contacts": "perte de contact, tentatives et délais depuis le dernier échange",
    "obligations": "enquêtes et pièces restées sans réponse, SLS forfaitaire",
    "plans": "plan d'apurement en cours ou non tenu, dette gelée par un plan",
    "procedures": "étape de procédure en cours",
    "overindebtedness": "dette gelée par un dossier de surendettement",
    "tenants": "opposition au profilage, représentant légal, coordonnées pour le contact",
    "balances": "rapprochement avec les soldes de l'ERP",
}
"""What a table never delivered takes away, in the words of the list."""


def folder(outputs: Path, drop: Drop) -> Path:
    """Where the report of a delivery is written."""
    return outputs / drop.landlord_id / "qualite" / drop.as_of.isoformat()


def facts(
    found: Examination, changes: dict[str, dict[str, int]], name: str, profile: Profile, *, is_synthetic: bool
) -> dict[str, Any]:
    """Everything the report says, as plain values. `changes` counts what the lake gained, by table; empty when refused."""
    return {
        "landlord_id": found.drop.landlord_id,
        "landlord": name,
        "is_synthetic": is_synthetic,
        "as_of": found.drop.as_of.isoformat(),
        "address": found.drop.short,
        "mode": found.mode,
        "profile": profile.name,
        "status": "accepted" if found.is_accepted else "refused",
        "visible_as_of": _visible(found),
        "refusals": [fault.facts() for fault in found.refusals],
        "tables": [_table(found, table, changes.get(table.name, {})) for table in TABLES.values() if table.name in found.tables],
        "waiting": list(_waiting(found)),
        "faults": _grouped(found.row_faults),
        "balances": {"sent": found.balances, "gaps": len(found.gaps), "examples": [gap.facts() for gap in found.gaps[:EXAMPLES]]},
        "missing": [_missing(table) for table in TABLES.values() if not _is_known(found, table)],
    }


def summary(said: dict[str, Any]) -> dict[str, Any]:
    """What the register keeps: counts by table and broken rules, no value and no place."""
    counts = ("read", "accepted", "quarantined", "added", "changed", "removed", "unchanged")
    return {
        "tables": {table["name"]: {key: table[key] for key in counts} for table in said["tables"]},
        "waiting": {table["name"]: {key: table[key] for key in ("released", "waiting")} for table in said["waiting"]},
        "refusals": sorted({refusal["rule"] for refusal in said["refusals"]}),
        "balances": {key: said["balances"][key] for key in ("sent", "gaps")},
    }


def write(said: dict[str, Any], target: Path) -> list[Path]:
    """Write qualite.json and qualite.html under `target`; return their paths."""
    target.mkdir(parents=True, exist_ok=True)
    paths = [target / "qualite.json", target / "qualite.html"]
    paths[0].write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    paths[1].write_text(page(said), encoding="utf-8")
    return paths


def refusal(found: Examination, report: Path) -> str:
    """Why a delivery was refused, what stays visible, and where to read everything."""
    drop = found.drop
    lines = [f"{drop.landlord_id}, livraison du {drop.as_of} : refusée en entier."]
    lines += [f"  • {told(fault)}" for fault in found.refusals[:EXAMPLES]]
    if len(found.refusals) > EXAMPLES:
        lines.append(f"  … et {len(found.refusals) - EXAMPLES} autres.")
    last = _visible(found)
    lines.append(f"Ce qui reste visible : l'arrêté du {last}." if last else "Aucune livraison antérieure n'est visible.")
    return "\n".join([*lines, f"Rapport : {report / 'qualite.html'}"])


def told(fault: Fault) -> str:
    """One fault in one French sentence: rule, place, value seen, value expected, next move."""
    place = " ".join(part for part in (fault.place, fault.column and f"[{fault.column}]") if part)
    where = f" ({place})" if place else ""
    return f"{fault.title}{where} : lu « {fault.value} », attendu {fault.expected}. {fault.next_move}"


def _visible(found: Examination) -> str | None:
    day = found.drop.as_of if found.is_accepted else found.known.as_of
    return day.isoformat() if day else None


def _table(found: Examination, table: Table, change: dict[str, int]) -> dict[str, Any]:
    read = found.tables[table.name]
    counts = {key: change.get(key, 0) for key in ("added", "changed", "removed", "unchanged")}
    rows = {"read": read.rows, "accepted": found.accepted_rows(table.name), "quarantined": found.quarantined[table.name]}
    return {"name": table.name, "french": table.french, "files": read.files, "ignored": read.ignored, **rows, **counts}


def _waiting(found: Examination) -> Iterator[dict[str, Any]]:
    """Rows that waited for the row they hang on, by table. A refused delivery releases none and adds none."""
    for name, waited in found.waited.items():
        after = waited if found.is_accepted else Waited(waited.before, 0, 0, waited.before)
        if after.before or after.waiting:
            yield {"name": name, "french": TABLES[name].french, **asdict(after)}


def _grouped(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults by table, rule and column, the most frequent first, each with its first examples."""
    faults = list(faults)
    counted = Counter((fault.table, fault.rule, fault.column) for fault in faults)
    return [
        {
            "table": table,
            "french": TABLES[table].french,
            "rule": rule,
            "title": RULES[rule].title,
            "next_move": RULES[rule].next_move,
            "column": column,
            "count": count,
            "examples": [f.facts() for f in faults if (f.table, f.rule, f.column) == (table, rule, column)][:EXAMPLES],
        }
        for (table, rule, column), count in counted.most_common()
    ]


def _is_known(found: Examination, table: Table) -> bool:
    return table.name in found.tables or table.name in found.known.source.pins


def _missing(table: Table) -> dict[str, str]:
    return {"name": table.name, "french": table.french, "switched_off": SWITCHED_OFF[table.name]}
