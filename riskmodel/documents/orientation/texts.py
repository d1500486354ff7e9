"""Texts of the documents (reports/orientation/*.toml), which a jurist can read and correct."""

import tomllib
from functools import cache
from typing import Any

from riskmodel import REPOSITORY

TEXTS = REPOSITORY / "reports" / "orientation"


@cache
def text(kind: str) -> dict[str, Any]:
    """The text of a document: its title, and chapters of sentences, points of a list, boxes, and parts made of facts."""
    return tomllib.loads((TEXTS / f"{kind}.toml").read_text(encoding="utf-8"))


def lines(kind: str) -> list[str]:
    """Every line of a document's text."""
    return [line for chapter in text(kind)["chapter"] for line in chapter["text"]]


def told(kind: str) -> set[str]:
    """Fields of a referral that a document has a place for."""
    return {field for line in lines(kind) if line.startswith("@told") for field in line.split()[1:]}
