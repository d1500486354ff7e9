"""Source profiles: how one landlord's files say what the contract asks. A TOML file, checked whole before it reads anything."""

import codecs
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riskmodel.contracts import TABLES, Column, Table
from riskmodel.errors import ProfileError

FOLDER = Path(__file__).parent / "profiles"
FIELD_KEYS = {"from", "codes", "prefix", "sign", "format", "debit", "credit", "date", "time", "constant"}
TABLE_KEYS = {"files", "columns", "absent", "dropped"}
FORMAT_KEYS = {"encoding", "separator", "quote", "date", "time", "datetime", "month", "decimal", "thousands", "true", "false"}
PROFILE_KEYS = {"name", "same_names", "format", "codes", "tables"}


@dataclass(frozen=True)
class Format:
    """How a source writes text, dates (strptime patterns), numbers and booleans."""

    encoding: str = "utf-8"
    separator: str = ","
    quote: str = '"'
    date: str = "%Y-%m-%d"
    time: str = "%H:%M"
    datetime: tuple[str, ...] = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M")
    month: str = "%Y-%m"
    decimal: str = "."
    thousands: str = ""
    true: tuple[str, ...] = ("true",)
    false: tuple[str, ...] = ("false",)


@dataclass(frozen=True)
class Field:
    """Where a contract column comes from: one header, a debit and a credit, a date and a time, or a constant."""

    sources: tuple[str, ...]
    is_debit_credit: bool = False
    codes: dict[str, str] | None = None
    prefix: str = ""
    sign: int = 1
    format: str | None = None
    constant: str | None = None


@dataclass(frozen=True)
class TableMap:
    """One table of the source. A contract column that `fields` does not hold was declared absent: always unknown."""

    files: tuple[str, ...]
    fields: dict[str, Field]
    dropped: tuple[str, ...] = ()

    @property
    def headers(self) -> list[str]:
        """Headers that are read, each once, in contract order."""
        return list(dict.fromkeys(header for field in self.fields.values() for header in field.sources))


@dataclass(frozen=True)
class Profile:
    """A whole source profile. A contract table that `tables` does not hold is never delivered by this source."""

    name: str
    format: Format = field(default_factory=Format)
    tables: dict[str, TableMap] = field(default_factory=dict)


def load(name: str, own_folder: Path | None = None) -> Profile:
    """The profile called `name`: a path to a TOML file, one of the landlord's own folder, or one of ours.

    Raises ProfileError listing every fault of the file at once.
    """
    path = _find(name, own_folder)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ProfileError(f"{path.name} : TOML illisible ({fault}).") from fault
    faults = list(_faults(said))
    if faults:
        raise ProfileError(f"{path.name} : {len(faults)} défaut(s) dans le profil.\n" + "\n".join(f"  • {f}" for f in faults))
    return _build(said, path.stem)


def known() -> list[str]:
    """Names of the profiles that come with the service."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _find(name: str, own_folder: Path | None) -> Path:
    folders = [folder for folder in (own_folder, FOLDER) if folder]
    candidates = [Path(name)] if name.endswith(".toml") else [folder / f"{name}.toml" for folder in folders]
    for path in candidates:
        if path.is_file():
            return path
    raise ProfileError(
        f"Profil « {name} » introuvable. Profils fournis : {', '.join(known())}. "
        "Pour en écrire un : « riskmodel intake inspect FICHIER », puis docs/profils.md."
    )


def _build(said: dict[str, Any], stem: str) -> Profile:
    written = said.get("format", {})
    texts: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}
    tables = {name: _table(name, declared, said) for name, declared in said["tables"].items()}
    return Profile(said.get("name", stem), Format(**texts), tables)


def _table(name: str, declared: dict[str, Any], said: dict[str, Any]) -> TableMap:
    columns = dict(declared.get("columns", {}))
    if said.get("same_names"):
        columns = {c.name: c.name for c in TABLES[name].columns if c.name not in declared.get("absent", [])} | columns
    fields = {column: _field(value, said.get("codes", {})) for column, value in columns.items()}
    return TableMap(tuple(declared["files"]), fields, tuple(declared.get("dropped", [])))


def _field(value: str | dict[str, Any], codes: dict[str, dict[str, str]]) -> Field:
    if isinstance(value, str):
        return Field((value,))
    sources = tuple(value[key] for key in ("from", "debit", "credit", "date", "time") if key in value)
    return Field(
        sources,
        is_debit_credit="debit" in value,
        codes=codes[value["codes"]] if "codes" in value else None,
        prefix=value.get("prefix", ""),
        sign=value.get("sign", 1),
        format=value.get("format"),
        constant=value.get("constant"),
    )


def _faults(said: dict[str, Any]) -> Iterator[str]:
    yield from _unknown("profil", said, PROFILE_KEYS)
    yield from _format_faults(said.get("format", {}))
    if not said.get("tables"):
        yield "aucune table : ajoutez au moins [tables.dwellings], [tables.leases] et [tables.entries]."
    for name, declared in said.get("tables", {}).items():
        if name not in TABLES:
            yield f"[tables.{name}] : table inconnue du contrat. Tables : {', '.join(TABLES)}."
            continue
        yield from _table_faults(TABLES[name], declared, said)


def _format_faults(said: dict[str, Any]) -> Iterator[str]:
    yield from _unknown("[format]", said, FORMAT_KEYS)
    try:
        codecs.lookup(said.get("encoding", "utf-8"))
    except LookupError:
        yield f"[format] encoding : « {said['encoding']} » n'est pas un encodage connu (exemples : utf-8, cp1252, iso-8859-15)."
    if len(said.get("separator", ",")) != 1:
        yield "[format] separator : un seul caractère est attendu (« \\t » pour une tabulation)."


def _table_faults(table: Table, declared: dict[str, Any], said: dict[str, Any]) -> Iterator[str]:
    place = f"[tables.{table.name}]"
    yield from _unknown(place, declared, TABLE_KEYS)
    if not declared.get("files"):
        yield f'{place} files : liste de noms de fichiers attendue, par exemple ["MVTCPT.TXT"].'
    columns, absent = declared.get("columns", {}), set(declared.get("absent", []))
    names = {column.name for column in table.columns}
    for name in sorted((set(columns) | absent) - names):
        yield f"{place} {name} : colonne inconnue du contrat."
    for column in table.columns:
        is_mapped = column.name in columns or (bool(said.get("same_names")) and column.name not in absent)
        yield from _presence_faults(place, column, is_mapped, column.name in absent, column.name in columns)
        if column.name in columns:
            yield from _field_faults(f"{place} {column.name}", column, columns[column.name], said.get("codes", {}))


def _presence_faults(place: str, column: Column, is_mapped: bool, is_absent: bool, is_named: bool) -> Iterator[str]:
    if is_absent and is_named:
        yield f"{place} {column.name} : à la fois déclarée absente et décrite ; choisissez."
    elif is_absent and column.required:
        yield f"{place} {column.name} : colonne obligatoire, elle ne peut pas être déclarée absente."
    elif not is_mapped and not is_absent:
        yield f"{place} {column.name} : ni décrite dans columns, ni déclarée dans absent ({column.meaning})."


def _field_faults(place: str, column: Column, value: Any, codes: dict[str, dict[str, str]]) -> Iterator[str]:
    if isinstance(value, str):
        return
    if not isinstance(value, dict):
        yield f"{place} : un en-tête entre guillemets ou une table {{ from = … }} est attendu."
        return
    yield from _unknown(place, value, FIELD_KEYS)
    forms = [
        form for form in (("from",), ("debit", "credit"), ("date", "time"), ("constant",)) if any(key in value for key in form)
    ]
    if len(forms) != 1 or any(key not in value for key in forms[0]):
        yield f"{place} : indiquez from, ou debit et credit, ou date et time, ou constant, et une seule de ces formes."
    if "debit" in value and column.type != "money":
        yield f"{place} : debit et credit ne conviennent qu'à un montant."
    if "time" in value and column.type != "datetime":
        yield f"{place} : date et time ne conviennent qu'à une date et heure."
    if value.get("sign", 1) not in (1, -1):
        yield f"{place} sign : 1 ou -1 attendu."
    if "constant" in value and column.codes and value["constant"] not in column.codes:
        yield f"{place} constant : « {value['constant']} » n'est pas {column.expected}."
    yield from _code_faults(place, column, value.get("codes"), codes)


def _code_faults(place: str, column: Column, name: str | None, codes: dict[str, dict[str, str]]) -> Iterator[str]:
    if name is None:
        return
    if name not in codes:
        yield f"{place} codes : la liste [codes.{name}] n'existe pas dans ce profil."
        return
    for source, target in codes[name].items():
        if column.codes is not None and target not in column.codes:
            yield f"[codes.{name}] {source} = « {target} » : {column.expected} est attendu (colonne {column.name})."


def _unknown(place: str, said: dict[str, Any], allowed: set[str]) -> Iterator[str]:
    for key in sorted(set(said) - allowed):
        yield f"{place} : clé inconnue « {key} ». Clés permises : {', '.join(sorted(allowed))}."
