"""Where a referral stands and what moves it, read from a dated file: closed codes, labels, who acts, what may be undone."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

_SAID = tomllib.loads(Path(__file__).with_name("states.toml").read_text(encoding="utf-8"))

STATES: Mapping[str, str] = _SAID["states"]
"""Every state, by code, in the order of a life without trouble."""
CLOSED = ("declined", "withdrawn", "recalled", "closed")
"""States from which nothing more is to be done, a late report apart."""
SENT = ("sent", "accepted", "interviewed", "evaluated", "measure_proposed", "running", "slid", "aftercare")
"""States in which a partner holds the household's file."""
FOLLOWED = ("accepted", "interviewed", "evaluated", "measure_proposed", "running", "slid")
"""States in which a partner follows the household."""
HELD = ("validated", "sent", *FOLLOWED)
"""States that hold a partner's place, once a partner is chosen and where the scheme has places."""
CONTRACTS: tuple[str, ...] = tuple(_SAID["contracts"])
"""Documents that bind a household, a landlord or a partner."""
SIGNED = (*CONTRACTS, *_SAID["amendments"])
"""Documents whose signatures are kept."""
CHANNELS: Mapping[str, str] = _SAID["channels"]
"""How a partner tries to reach a household."""
OUTCOMES: Mapping[str, str] = _SAID["outcomes"]
"""What became of an attempt."""
NOTICES: Mapping[str, str] = _SAID["notices"]
"""What a partner is told of, by kind: that something waits, never about whom."""
VISITS: Mapping[str, str] = _SAID["visits"]
"""What an aftercare visit found."""
DETAILS: Mapping[str, str] = _SAID["details"]
"""Everything that a move may carry, with its French name: codes, numbers and days, never text."""


@dataclass(frozen=True)
class Move:
    """One move. `by` is whose it is ("bailleur" or "association"); `to_state` None when the state stays or depends on the scheme;
    `undo` says whether it may be taken back while nothing followed it, or never, because others acted on it at once; `notice` is
    left to the partner that holds the fiche."""

    code: str
    label: str
    by: Literal["bailleur", "association"]
    from_states: tuple[str, ...]
    to_state: str | None
    needs: tuple[str, ...]
    may: tuple[str, ...]
    undo: Literal["until_next", "never"]
    notice: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)


def _move(code: str, said: Mapping[str, Any]) -> Move:
    return Move(
        code,
        said["label"],
        said["by"],
        tuple(said["from"]),
        said.get("to"),
        tuple(said.get("needs", ())),
        tuple(said.get("may", ())),
        said["undo"],
        said.get("notice"),
        said.get("reasons", {}),
    )


MOVES: Mapping[str, Move] = {code: _move(code, said) for code, said in _SAID["moves"].items()}
"""Every move, by code, in the order in which they come."""
