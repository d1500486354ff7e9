"""docs/api.md: the API told to whoever writes a partner's software, from the same description that programs read."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from riskmodel import REPOSITORY
from riskmodel.access.api_tokens import LIVES, SCOPES
from riskmodel.documents.notice import text
from riskmodel.referrals.states import DETAILS, MOVES
from riskmodel.web.api_routing import TITLES
from riskmodel.web.api_schema import INTRODUCTION, document

SAMPLE = {"new": 2, "recall": 1}


def page() -> str:
    """The whole page."""
    words, said = _words(), document()
    scopes = "\n".join(f"| `{scope}` | {label} |" for scope, label in SCOPES.items())
    *others, longest = LIVES.values()
    refusals = "\n".join(["| code | nom |", "|---:|---|", *(f"| {code} | {title} |" for code, title in TITLES.items())])
    parts = [
        words["head"],
        INTRODUCTION,
        words["entry"].replace("{lives}", f"{', '.join(others)} ou {longest}").replace("{scopes}", scopes),
        "## Les demandes\n" + "\n".join(_calls(said)),
        words["listing"],
        words["write"],
        "## Les étapes d'un partenaire\n" + "\n".join(_moves()),
        words["steps"],
        "## Les réponses\n" + "\n".join(_shapes(said)),
        f"## Les refus\n{words['refusals'].strip()}\n\n{refusals}",
        words["tail"],
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def sample() -> str:
    """The notice of an invented partner."""
    link = "https://vigie.oph.example/association/7"
    subject, body = text("Association des Deux Rives", "OPH Estuaire", SAMPLE, link, is_synthetic=True)
    return f"Objet : {subject}\n\n{body}"


def _words() -> dict[str, str]:
    return tomllib.loads((REPOSITORY / "reports" / "partenaires" / "api.toml").read_text(encoding="utf-8"))


def _calls(said: Mapping[str, Any]) -> Iterator[str]:
    yield "| demande | ce qu'elle fait | portée | rend |"
    yield "|---|---|---|---|"
    for path, calls in said["paths"].items():
        for method, call in calls.items():
            scope = _scope(call["security"])
            shape = call["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            yield f"| `{method.upper()} {path}` | {call['summary']} | {scope} | `{shape}` |"


def _scope(security: list[dict[str, list[str]]]) -> str:
    if not security:
        return "aucun jeton"
    return ", ".join(f"`{scope}`" for needs in security for scope in needs["jeton"]) or "n'importe laquelle"


def _moves() -> Iterator[str]:
    yield "| code | étape | à donner | peut donner |"
    yield "|---|---|---|---|"
    for code, move in MOVES.items():
        if move.by == "association" or code == "step_done":
            needs, may = (", ".join(f"`{name}` ({DETAILS[name]})" for name in names) for names in (move.needs, move.may))
            yield f"| `{code}` | {move.label} | {needs} | {may} |"


def _shapes(said: Mapping[str, Any]) -> Iterator[str]:
    for name, shape in said["components"]["schemas"].items():
        if shape.get("properties"):
            listed = ", ".join(f"`{field}`" + _told(kind) for field, kind in shape["properties"].items())
            yield f"- **{name}** : {listed}."


def _told(kind: Mapping[str, Any]) -> str:
    """What a field holds, when it is another shape."""
    inner = kind.get("oneOf", [kind])[0]
    many = inner.get("type") == "array"
    reference = (inner.get("items", {}) if many else inner).get("$ref", "").rpartition("/")[2]
    return f" ({'liste de ' if many else ''}{reference})" if reference else ""
