"""SQL that turns the text cells of a source into the stored form of a contract column, or into NULL when they cannot be read.

Parsing only: what may be empty, which codes exist and which bounds hold is judged afterwards, by the contract's own schema.
"""

from dataclasses import dataclass

from riskmodel.contracts import Column, Table
from riskmodel.intake.profile import Field, Format, TableMap

SPACES = (" ", "\u00a0", "\u202f")
"""A French thousands separator is a space, breaking or not."""

YEARS = "BETWEEN DATE '1850-01-01' AND DATE '2199-12-31'"
"""A date outside is a misread one (a year of two digits, a shifted column)."""


@dataclass(frozen=True)
class Cell:
    """One contract column: the text seen (NULL when empty), the value read from it, and when the row needs a closer look."""

    column: Column
    header: str
    seen: str
    value: str
    doubt: str


def cells(table: Table, mapped: TableMap, written: Format) -> list[Cell]:
    """How every column of `table` is read, in contract order."""
    slots = {header: f"r{rank}" for rank, header in enumerate(mapped.headers)}
    return [_cell(column, mapped.fields.get(column.name), slots, written) for column in table.columns]


def _cell(column: Column, field: Field | None, slots: dict[str, str], written: Format) -> Cell:
    if field is None or field.constant is not None:
        said = "NULL" if field is None else _quoted(field.constant or "")
        seen, value = said, _parse(column, said, field or Field(()), written)
    else:
        texts = [_text(slots[header]) for header in field.sources]
        seen = texts[0] if len(texts) == 1 else f"nullif(concat_ws(' | ', {', '.join(texts)}), '')"
        value = _read(column, texts, field, written)
    header = " | ".join(field.sources) if field else column.name
    return Cell(column, header, seen, value, _doubt(column))


def _read(column: Column, texts: list[str], field: Field, written: Format) -> str:
    if field.is_debit_credit:
        debit, credit = (_money(text, written) for text in texts)
        return (
            f"CASE WHEN {texts[1]} IS NULL THEN {debit} WHEN {texts[0]} IS NULL THEN -{credit} "
            f"WHEN {debit} = 0 OR {credit} = 0 THEN {debit} - {credit} END"
        )
    if len(texts) == 2:
        return _instant(f"{texts[0]} || ' ' || {texts[1]}", [f"{field.format or written.date} {written.time}"])
    return _parse(column, texts[0], field, written)


def _parse(column: Column, text: str, field: Field, written: Format) -> str:
    match column.type:
        case "str" | "code":
            known = text if field.codes is None else _translated(text, field.codes)
            return f"{_quoted(field.prefix)} || {known}" if field.prefix else known
        case "date":
            return _day(text, field.format or written.date)
        case "datetime":
            return _instant(text, [field.format] if field.format else list(written.datetime))
        case "month":
            return f"strftime({_day(text, field.format or written.month)}, '%Y-%m')"
        case "int":
            return f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9]{{1,18}}') THEN CAST({text} AS BIGINT) END"
        case "bool":
            return f"CASE WHEN {text} IN {_list(written.true)} THEN true WHEN {text} IN {_list(written.false)} THEN false END"
        case "decimal":
            number = _number(text, written)
            return f"CASE WHEN regexp_full_match({number}, '[+-]?[0-9]{{1,15}}(\\.[0-9]+)?') THEN CAST({number} AS DOUBLE) END"
        case "money":
            return _money(text, written) if field.sign == 1 else f"-{_money(text, written)}"


def _money(text: str, written: Format) -> str:
    """Integer cents, exactly: a third decimal is a fault, never a rounding."""
    number = _number(text, written)
    return (
        f"CASE WHEN regexp_full_match({number}, '[+-]?[0-9]{{1,13}}(\\.[0-9]{{1,2}})?') "
        f"THEN CAST(CAST({number} AS DECIMAL(18, 2)) * 100 AS BIGINT) END"
    )


def _number(text: str, written: Format) -> str:
    if written.thousands:
        for space in SPACES if written.thousands in SPACES else (written.thousands,):
            text = f"replace({text}, {_quoted(space)}, '')"
    # A decimal point where a comma is declared must not pass for one: it is turned into something no number holds.
    return text if written.decimal == "." else f"translate({text}, {_quoted(written.decimal + '.')}, '.x')"


def _day(text: str, pattern: str) -> str:
    day = f"CAST(try_strptime({text}, {_quoted(pattern)}) AS DATE)"
    return f"CASE WHEN {day} {YEARS} THEN {day} END"


def _instant(text: str, patterns: list[str]) -> str:
    instant = f"try_strptime({text}, [{', '.join(map(_quoted, patterns))}])"
    return f"CASE WHEN CAST({instant} AS DATE) {YEARS} THEN {instant} END"


def _translated(text: str, codes: dict[str, str]) -> str:
    whens = " ".join(f"WHEN {_quoted(source)} THEN {_quoted(target)}" for source, target in codes.items())
    return f"CASE {text} {whens} END"


def _text(slot: str) -> str:
    return f"nullif(trim(CAST({slot} AS VARCHAR)), '')"


def _doubt(column: Column) -> str:
    """When a row cannot be clean: what the contract's schema would reject, and what was seen but could not be read."""
    name, seen = f'"{column.stored}"', f'"seen {column.stored}"'
    doubts = [f"{name} IS NULL" if column.required else f"({name} IS NULL AND {seen} IS NOT NULL)"]
    if column.codes:
        doubts.append(f"{name} NOT IN {_list(column.codes)}")
    if column.minimum is not None:
        doubts.append(f"{name} < {column.minimum}")
    if column.maximum is not None:
        doubts.append(f"{name} > {column.maximum}")
    if column.type == "str":
        doubts.append(f"contains({name}, '\ufffd')")
    return " OR ".join(f"coalesce({doubt}, false)" for doubt in doubts)


def _list(values: object) -> str:
    return "(" + ", ".join(_quoted(value) for value in values) + ")"  # type: ignore[attr-defined]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
