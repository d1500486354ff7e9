"""The closed words of a session, read once from their file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SAID = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))

KINDS: Mapping[str, str] = _SAID["kinds"]
"""Levels of the commission."""
ORIGINS: Mapping[str, str] = _SAID["origins"]
"""How a case came to a session: a statutory list, or a person's choice."""
ASKS: Mapping[str, str] = _SAID["asks"]
"""What may be asked of the commission: help alone."""
VIEWS: Mapping[str, str] = _SAID["views"]
"""The household's own view."""
SEATS: Mapping[str, str] = _SAID["seats"]
"""Who sits, and who an opinion is addressed to."""
ATTENDANCE: Mapping[str, str] = _SAID["attendance"]
"""Whether a seat was held."""


@dataclass(frozen=True)
class Question:
    """What somebody answers for a dossier when no data says it."""

    label: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class OpinionKind:
    """A kind of opinion, its closed contents and who may be its addressee. The commission gives some kinds only while `law`, the
    code of a dated value, says `value`; None for those it always gives."""

    label: str
    codes: Mapping[str, str]
    addressees: tuple[str, ...]
    law: Mapping[str, str] | None = None


DECLARED: Mapping[str, Question] = {code: Question(**said) for code, said in _SAID["declared"].items()}
"""Questions of a dossier, in the order in which they are asked."""
OPINIONS: Mapping[str, OpinionKind] = {
    code: OpinionKind(said["label"], said["codes"], tuple(said["addressees"]), said.get("law"))
    for code, said in _SAID["opinions"].items()
}
"""Kinds of opinion."""
