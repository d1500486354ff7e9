"""A points table as a text file that people read and that is read back the same: one row a line, always in the same order."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from riskmodel.score.reading import check

_NOTICE = """# Table de points. Le score d'un ménage est la somme exacte des points de ses lignes ; rien d'autre ne compte.
# Pour chaque entrée : la première ligne vaut sous la borne suivante ; « from » est compris dans la ligne.
"""
_HEAD = ("name", "version", "title", "outcome", "cohort", "approval", "minimum", "total")
_ROW = ("from", "points", "text")
_INPUT = ("feature", "label", "topic", "sign", "effect_days")


def text(content: dict[str, Any]) -> str:
    """The file of a table, whose `content` has the keys of the file: plain Python or numpy values.

    Raises TableFileError with every fault: a table that could not be read again is never written.
    """
    plain = _plain(content)
    check(plain, "table de points")
    return "\n".join([_NOTICE + "\n".join(_pairs(plain, _HEAD)), *_tables(plain), *_blocks(plain), ""])


def write(content: dict[str, Any], path: Path) -> None:
    """Write `text(content)` to `path`, aside first and then renamed."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(text(content), encoding="utf-8")
    aside.replace(path)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") else value


def _tables(content: dict[str, Any]) -> Iterator[str]:
    for name in ("links", "training", "metrics"):
        if name in content:
            yield f"\n[{name}]\n" + "\n".join(_pairs(content[name], content[name]))


def _blocks(content: dict[str, Any]) -> Iterator[str]:
    for entry in content.get("input", []):
        rows = "\n".join(f"  {_value(row, _ROW)}," for row in entry.get("rows", []))
        lines = [*_pairs(entry, _INPUT), f"rows = [\n{rows}\n]", *_pairs(entry, ("unknown",))]
        yield "\n[[input]]\n" + "\n".join(lines)
    for candidate in content.get("candidates", []):
        yield "\n[[candidates]]\n" + "\n".join(_pairs(candidate, candidate))


def _pairs(table: dict[str, Any], keys: Any) -> Iterator[str]:
    return (f"{_key(key)} = {_value(table[key])}" for key in keys if key in table)


def _key(key: str) -> str:
    return key if key.replace("_", "a").replace("-", "a").isalnum() and key.isascii() else json.dumps(key, ensure_ascii=False)


def _value(value: Any, keys: tuple[str, ...] = ()) -> str:
    if isinstance(value, dict):
        inner = ", ".join(_pairs(value, (*[key for key in keys if key in value], *(key for key in value if key not in keys))))
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(inner) for inner in value)}]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
