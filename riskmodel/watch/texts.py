"""Fixed French texts of the published pages, kept beside the templates in reports/ where a jurist can read and correct them."""

import tomllib
from functools import cache
from typing import Any

from riskmodel import REPOSITORY


@cache
def texts(name: str) -> dict[str, Any]:
    """The texts of reports/<name>.toml by key."""
    path = REPOSITORY / "reports" / f"{name}.toml"
    return {key: _trimmed(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
