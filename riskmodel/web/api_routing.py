"""How a call of the API is declared and what it is given: an action of the policy and a scope of tokens, one `Called` a view."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fastapi import Response

from riskmodel.access.api_tokens import Bearer, Scope
from riskmodel.access.policy import Action
from riskmodel.errors import VigieError
from riskmodel.web.routing import Asked, Route, View

BASE = "/api/v1"
JSON = "application/json"
PROBLEM = "application/problem+json"
TITLES: Mapping[int, str] = {
    401: "Jeton absent, inconnu, révoqué ou périmé",
    403: "Ce jeton ne permet pas cela",
    404: "Rien à cette adresse",
    405: "Méthode inconnue à cette adresse",
    409: "Refusé",
    412: "L'orientation a avancé",
    413: "Demande trop longue",
    422: "Demande mal formée",
    428: "Version attendue",
    429: "Trop de demandes",
    500: "Erreur de notre côté",
}
"""What each refusal is called."""


class BodyRefused(VigieError):
    """What a call was sent is not of the form that it waits for."""


@dataclass(frozen=True)
class ApiRoute(Route):
    """One call: its action is judged as for a page, and its token must hold `scope` (None: any token will do)."""

    scope: Scope | None


@dataclass
class ApiRoutes:
    """The calls of one module, in the order in which they are matched."""

    declared: list[ApiRoute] = field(default_factory=list)

    def get(self, path: str, action: Action, scope: Scope | None) -> Callable[[View], View]:
        """Declare something to read."""
        return self._declare("GET", path, action, scope)

    def post(self, path: str, action: Action, scope: Scope | None) -> Callable[[View], View]:
        """Declare an act: it is written in the access log."""
        return self._declare("POST", path, action, scope)

    def __iter__(self) -> Iterator[ApiRoute]:
        """The routes in order."""
        return iter(self.declared)

    def _declare(self, method: Literal["GET", "POST"], path: str, action: Action, scope: Scope | None) -> Callable[[View], View]:
        def keep(view: View) -> View:
            self.declared.append(ApiRoute(method, path, action, view, scope))
            return view

        return keep


@dataclass(frozen=True)
class Called:
    """A call that was let through: what a page is given, without a browser, and the token that opened the door.

    `body` is what an act sent, an object; `expected` the version that it says it read.
    """

    asked: Asked
    bearer: Bearer
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def expected(self) -> str | None:
        """The version of If-Match; None when it was not given."""
        return self.asked.request.headers.get("If-Match", "").removeprefix("W/").strip('" ') or None


def answered(content: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An object as JSON, letters as they are."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, dict(headers or {}), JSON)


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """A refusal as RFC 9457 has it; `detail` says what was seen, what was expected and what to do."""
    said = {"type": "about:blank", "title": TITLES.get(status, TITLES[409]), "status": status}
    text = json.dumps(said | ({"detail": detail} if detail else {}), ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, dict(headers or {}), PROBLEM)
