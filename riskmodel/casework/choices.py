"""The closed list of decisions with what each asks for and opens, read from its dated file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from riskmodel.weekly.answers import DECISIONS, REASONS, WAITING

FILE = Path(__file__).with_name("choices.toml")
_SAID = tomllib.loads(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Choice:
    """One decision. `reasons` are those it may have, one of them needed wherever there are any; `opens` is the kind of case it
    opens, to be done within `due_days` days."""

    code: str
    label: str
    reasons: Mapping[str, str]
    asks_date: bool
    opens: str | None
    due_days: int | None


def _choice(code: str, label: str) -> Choice:
    opened = _SAID["opens"].get(code, {})
    return Choice(code, label, REASONS[code], code == WAITING, opened.get("kind"), opened.get("due_days"))


CHOICES: dict[str, Choice] = {code: _choice(code, label) for code, label in DECISIONS.items()}
"""Everything that may be decided, by code, in the order of the list."""
DISMISSALS = ("no_action", "wrong_data")
"""Decisions that say the flag was not needed: what the override rate counts."""
MUTED_FOR = timedelta(weeks=_SAID["dismissal"]["weeks"])
"""How long a flag stays away after « rien à faire »."""
KINDS: dict[str, str] = _SAID["kinds"]
"""What is to be done in each kind of case."""
ENDS: dict[str, str] = _SAID["ends"]
"""How a person may close a case."""
TAKEN_BACK = "taken_back"
"""How a case ends when what opened it was taken back before anyone touched it."""
