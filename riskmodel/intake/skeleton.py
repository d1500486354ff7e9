"""A profile proposed from an inspection: the contract table and columns a file seems to bring, as TOML to complete by hand."""

import re
import unicodedata
from collections import Counter

from riskmodel.contracts import TABLES, Column, Table
from riskmodel.intake.inspection import Inspection, Seen

KINDS: dict[str, frozenset[str]] = {
    "date": frozenset({"date"}),
    "datetime": frozenset({"datetime"}),
    "month": frozenset({"month"}),
    "money": frozenset({"amount", "integer"}),
    "decimal": frozenset({"amount", "integer"}),
    "int": frozenset({"integer", "code", "identifier"}),
    "bool": frozenset({"code"}),
    "code": frozenset({"code"}),
    "str": frozenset({"identifier", "integer", "text", "code"}),
}
"""What a column may look like for each type of the contract."""

HINTS: dict[str, str] = {
    "entry_id": r"ECR|MVT|ENTRY",
    "lease_id": r"CPTE|COMPTE|BAIL|CONTRAT|LEASE",
    "dwelling_id": r"LOGT|LOGEMENT|LOT|DWELL",
    "household_id": r"FOYER|MENAGE|HOUSEHOLD",
    "management_unit": r"AGENCE|UG|GESTION",
    "commune_code": r"INSEE|COMMUNE",
    "typology": r"TYPO|^TYPE",
    "floor_area_m2": r"SURF",
    "priority_area": r"QPV|PRIORIT",
    "booked_on": r"COMPTA|BOOK",
    "value_on": r"VAL",
    "period": r"PERIOD",
    "kind": r"OPE|NATURE|KIND|DEMANDE",
    "amount": r"MONTANT|^MT|AMOUNT|DROIT",
    "method": r"REGLT|REGLEMENT|MODE",
    "reverses": r"REJ",
    "signed_on": r"SIGN",
    "start_date": r"ENTREE|START",
    "end_date": r"SORTIE|END_DATE",
    "terminated_on": r"RESIL",
    "due_day": r"JR|JOUR|EXIG",
    "payment_method": r"REGLT|REGLEMENT",
    "occupancy": r"SITU|OCCUP",
    "rent_term": r"TERME",
    "holder_birth_year": r"NAISS",
    "household_type": r"FAM",
    "contact_id": r"ACTION|CONTACT",
    "channel": r"MOYEN|CANAL|CHANNEL",
    "direction": r"SENS",
    "outcome": r"RESULT|ISSUE",
    "topic": r"MOTIF",
    "recorded_on": r"SAISIE",
    "balance": r"SOLDE|BALANCE",
    "as_of": r"ARRETE|AS_OF",
    "last_name": r"^NOM",
    "first_names": r"PRENOM",
    "step": r"ETAPE|BDF|STEP",
    "dated": r"ETAPE|BDF|DATED",
    "plan_id": r"PLAN",
    "framework": r"CADRE",
    "instalment": r"MT_ECH",
    "instalments": r"NB_ECH",
    "debt_included": r"DETTE",
    "due_on": r"LIMITE",
    "requested_on": r"ENVOI",
    "reminded_on": r"RELANCE",
    "fulfilled_on": r"RETOUR",
    "month": r"MOIS|MONTH",
    "known_on": r"INFO|KNOWN",
    "paid_to": r"TIERS",
    "state": r"ETAT|STATE",
}
"""Words of French ERP headers by contract column. A hint proposes; a person decides."""


def likely(seen: tuple[Seen, ...], table: Table) -> dict[str, str]:
    """Contract column to header, for the columns of `table` that some header seems to bring."""
    found: dict[str, str] = {}
    for column in table.columns:
        for candidate in seen:
            if candidate.header not in found.values() and _fits(column, candidate):
                found[column.name] = candidate.header
                break
    return found


def likely_table(inspection: Inspection) -> Table:
    """The contract table whose required columns the headers cover best."""
    return max(TABLES.values(), key=lambda table: _score(inspection.columns, table))


def toml(inspection: Inspection) -> str:
    """A profile for this file, with « À COMPLÉTER » wherever a person has to decide."""
    table = likely_table(inspection)
    found = likely(inspection.columns, table)
    headers = {column.header: column for column in inspection.columns}
    unused = [name for name in headers if name not in found.values()]
    parts = [_format(inspection), f'[tables.{table.name}] # {table.french}\nfiles = ["{inspection.file}"]']
    parts[1] += "\ndropped = [] # colonnes à laisser à la porte ; non rattachées pour l'instant : " + ", ".join(unused)
    absent = [column.name for column in table.columns if column.name not in found and not column.required]
    parts[1] += "\nabsent = [" + ", ".join(f'"{name}"' for name in absent) + "]"
    lines = [_line(column, found.get(column.name), headers) for column in table.columns if column.name not in absent]
    parts.append("\n".join([f"[tables.{table.name}.columns]", *lines]))
    parts += [_codes(column, headers[found[column.name]]) for column in table.columns if column.codes and column.name in found]
    return "\n\n".join(parts) + "\n"


def _fits(column: Column, seen: Seen) -> bool:
    if seen.kind == "empty" or seen.kind not in KINDS[column.type]:
        return False
    header = _plain(seen.header)
    return header == _plain(column.name) or bool(re.search(HINTS.get(column.name, r"(?!)"), header))


def _score(seen: tuple[Seen, ...], table: Table) -> float:
    found = likely(seen, table)
    required = [column.name for column in table.columns if column.required]
    return sum(name in found for name in required) / len(required) + len(found) / 100


def _format(inspection: Inspection) -> str:
    forms = {
        kind: Counter(c.form for c in inspection.columns if c.kind == kind) for kind in ("date", "month", "time", "datetime")
    }
    lines = [f'encoding = "{inspection.encoding}"', f'separator = "{inspection.separator}"'.replace("\t", "\\t")]
    for kind, counted in forms.items():
        if counted:
            form = counted.most_common(1)[0][0]
            lines.append(f'{kind} = ["{form}"]' if kind == "datetime" else f'{kind} = "{form}"')
    comma = any(column.kind == "amount" and "," in column.form for column in inspection.columns)
    return "\n".join(['name = "À COMPLÉTER"', "", "[format]", *lines, f'decimal = "{"," if comma else "."}"'])


def _line(column: Column, header: str | None, headers: dict[str, Seen]) -> str:
    if header is None and column.type == "money" and {"DEBIT", "CREDIT"} <= set(headers):
        return f'{column.name} = {{ debit = "DEBIT", credit = "CREDIT" }}'
    if header is None:
        return f'{column.name} = "À COMPLÉTER" # {column.meaning} ({column.expected})'
    said = f'{{ from = "{header}", codes = "{column.name}" }}' if column.codes else f'"{header}"'
    return f"{column.name} = {said} # {column.meaning}"


def _codes(column: Column, seen: Seen) -> str:
    expected = f"# {column.expected}"
    lines = [f'"{code}" = "{code if code in (column.codes or {}) else "À COMPLÉTER"}"' for code in seen.codes]
    return "\n".join([f"[codes.{column.name}] {expected}", *lines])


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).upper()
