"""The words of a notice to a partner, from reports/partenaires/avis.toml: how many things wait and where, never for whom."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from riskmodel import REPOSITORY
from riskmodel.documents.french import typeset


def text(partner: str, landlord: str, kinds: Mapping[str, int], link: str, *, is_synthetic: bool) -> tuple[str, str]:
    """Subject and body of a message about so many notices of each kind."""
    words = _words()
    lines = [words["kinds"][kind]["one" if count == 1 else "many"].format(count=count) for kind, count in sorted(kinds.items())]
    parts = [
        words["greeting"],
        words["about"].format(partner=partner, landlord=landlord),
        "\n".join(f"- {line}" for line in lines),
        f"{words['link']}\n{{link}}",
        words["closing"].strip(),
        *([words["synthetic"]] * is_synthetic),
    ]
    return typeset(words["subject"]), typeset("\n\n".join(parts)).replace("{link}", link) + "\n"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "reports" / "partenaires" / "avis.toml").read_text(encoding="utf-8"))
