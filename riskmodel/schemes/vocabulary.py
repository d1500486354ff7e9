"""The closed words of schemes, with what a French reader sees."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

_SAID = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))

DOCUMENTS: Mapping[str, str] = _SAID["documents"]
"""Documents a scheme may ask for, by code."""
PARTIES: Mapping[str, str] = _SAID["parties"]
"""Who may sign."""
ACTORS: Mapping[str, str] = _SAID["actors"]
"""Who may have a step or a report to do."""
PURPOSES: Mapping[str, str] = _SAID["purposes"]
"""What a scheme is for."""
