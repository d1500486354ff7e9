"""A person's complete file (GDPR art. 15), made once from named parts: JSON for machines, PDF for people. Kept nowhere."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from riskmodel import REPOSITORY
from riskmodel.documents import paper
from riskmodel.documents.french import counted, day, euros
from riskmodel.documents.page import Page, Section, Table

Kind = Literal["text", "money", "day", "instant", "yes", "number"]
TEXTS = REPOSITORY / "reports" / "dossier-personne.toml"
WIDEST = 8
"""Columns of a table that a sheet of paper holds."""
NOTHING = "Rien n'est détenu sous cette rubrique."


@dataclass(frozen=True)
class Field:
    """One column of a part. Money is in cents; `codes` give the French label of a code."""

    name: str
    label: str
    kind: Kind = "text"
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Part:
    """What is held under one heading. `is_detail` parts are in the JSON alone."""

    title: str
    fields: tuple[Field, ...]
    rows: tuple[Mapping[str, Any], ...]
    is_detail: bool = False


@dataclass(frozen=True)
class PersonFile:
    """Everything held about one household, under the heading of its lease; `others` counts people who have files of their own."""

    landlord: str
    lease_id: str
    made_on: date
    as_of: date
    is_synthetic: bool
    other_leases: tuple[str, ...]
    others: Mapping[str, int]
    parts: tuple[Part, ...]


@cache
def words() -> dict[str, str]:
    """The fixed texts, which a jurist can read and correct in reports/."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def as_json(file: PersonFile) -> bytes:
    """The file as indented UTF-8 JSON: euros as decimal text, days and instants in ISO form, each code beside its label."""
    said = {
        "titre": words()["titre"],
        "bailleur": file.landlord,
        "bail": file.lease_id,
        "etabli_le": file.made_on.isoformat(),
        "situation_au": file.as_of.isoformat(),
        "donnees_synthetiques": file.is_synthetic,
        "autres_baux_du_menage": list(file.other_leases),
        "autres_personnes": dict(file.others),
        "information": {name: words()[name] for name in ("pourquoi", "logique", "origine", "destinataires", "duree", "droits")},
        "rubriques": [_part(part) for part in file.parts],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()


def pdf(file: PersonFile) -> bytes:
    """The file as PDF/UA-1, detail left to the JSON."""
    return paper.pdf(page(file))


def page(file: PersonFile) -> Page:
    """The file as a page of the house."""
    about = tuple(words()[name] for name in ("pourquoi", "logique", "origine", "destinataires", "duree", "droits"))
    shown = [part for part in file.parts if not part.is_detail]
    return Page(
        title=f"{words()['titre']}, bail {file.lease_id}",
        subtitle=words()["sous_titre"],
        facts=_head(file),
        sections=(
            Section("Pourquoi, comment, avec qui", (*about, words()["json"])),
            *(Section(part.title, _tables(part) or (NOTHING,)) for part in shown),
        ),
        as_of=file.made_on,
        is_synthetic=file.is_synthetic,
        footer=f"{file.landlord} · bail {file.lease_id} · confidentiel, remis à la personne",
    )


def _head(file: PersonFile) -> tuple[tuple[str, str], ...]:
    others = ", ".join(f"{number} {role}" for role, number in file.others.items())
    lines = {
        "Bailleur": file.landlord,
        "Établi le": day(file.made_on),
        "Données connues au": day(file.as_of),
        "Autres baux du ménage": ", ".join(file.other_leases) or "aucun",
        "Autres personnes": f"{others}. {words()['autres']}" if others else "aucune",
    }
    return tuple(lines.items())


def _part(part: Part) -> dict[str, Any]:
    columns = {field.name: field.label for field in part.fields}
    codes = {field.name: dict(field.codes) for field in part.fields if field.codes}
    rows = [{field.name: _value(field, row.get(field.name)) for field in part.fields} for row in part.rows]
    return {"titre": part.title, "colonnes": columns} | ({"codes": codes} if codes else {}) | {"lignes": rows}


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.kind == "money":
        return str(Decimal(int(value)).scaleb(-2))
    return value.isoformat() if isinstance(value, date | datetime) else value


def _tables(part: Part) -> tuple[Table, ...]:
    """One table, or one a row when it has more columns than a sheet holds. What is empty on every row is left out."""
    filled = [field for field in part.fields if any(_shown(field, row.get(field.name)) for row in part.rows)]
    rows = tuple(tuple(_shown(field, row.get(field.name)) for field in filled) for row in part.rows)
    align = "".join("r" if field.kind in ("money", "number") else "l" for field in filled)
    names = tuple(field.label[:1].upper() + field.label[1:] for field in filled)
    if len(filled) > WIDEST:
        pairs = [tuple(pair for pair in zip(names, row, strict=True) if pair[1]) for row in rows]
        return tuple(Table(f"{number} sur {len(rows)}", ("", "Valeur"), "ll", pair) for number, pair in enumerate(pairs, start=1))
    return (Table(counted(len(rows), "ligne"), names, align, rows),) if rows else ()


def _shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind == "money":
        return euros(int(value))
    if field.kind == "yes":
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return day(value) if isinstance(value, date) else (field.codes or {}).get(str(value), str(value))
