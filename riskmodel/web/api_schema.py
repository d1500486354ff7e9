"""The API described for programs, as OpenAPI 3.1: every call, what it takes, what it gives, every closed list of codes."""

from collections.abc import Mapping
from typing import Any

from riskmodel.access.api_tokens import SCOPES, Scope
from riskmodel.referrals.fields import FIELDS
from riskmodel.referrals.states import DETAILS, MOVES, STATES
from riskmodel.schemes import DOCUMENTS, PARTIES
from riskmodel.web.api_routing import BASE, JSON, PROBLEM, TITLES

Json = dict[str, Any]
REFERRAL = BASE + "/referrals/{referral_id}"
INTRODUCTION = (
    "Les orientations qu'une association a reçues d'un bailleur, pour son propre logiciel. Un jeton vaut pour un seul "
    "partenaire, dans les portées cochées à sa création. Une fiche ne dit que ce que la convention permet : ni score, ni "
    "points, ni texte libre ; et l'identité à part, quand elle est demandée. Chaque lecture d'une orientation est inscrite "
    "au journal des accès."
)
_ID: Json = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
_TEXT: Json = {"type": "string"}
_FLAG: Json = {"type": "boolean"}
_COUNT: Json = {"type": "integer"}
_DAY: Json = {"type": "string", "format": "date"}
_TEXTS: Json = {"type": "array", "items": _TEXT}


def document() -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Vigie Bail, pour les partenaires", "version": "1", "description": INTRODUCTION},
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "responses": {str(status): _refusal(title) for status, title in TITLES.items()},
            "securitySchemes": {"jeton": {"type": "http", "scheme": "bearer", "description": _scopes()}},
        },
    }


def _scopes() -> str:
    return "Portées : " + " ; ".join(f"`{scope}` {label}" for scope, label in SCOPES.items()) + "."


def _paths() -> Json:
    """Every call but the calendar's, which is a file."""
    state = {"name": "state", "in": "query", "description": "Un état seulement.", "schema": _codes(STATES)}
    limit = {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
    page = [
        state,
        {"name": "limit", "in": "query", "description": "Combien à la fois.", "schema": limit},
        {"name": "before", "in": "query", "description": "Les numéros plus petits que celui-ci.", "schema": _ID},
    ]
    number = {"name": "referral_id", "in": "path", "required": True, "description": "Le numéro de l'orientation.", "schema": _ID}
    version = {"name": "If-Match", "in": "header", "required": True, "description": "La version lue.", "schema": _TEXT}
    body = {"required": True, "content": {JSON: {"schema": _ref("Move")}}}
    read, acted = (404, 429), (404, 409, 412, 413, 422, 428, 429)
    return {
        BASE + "/openapi.json": {"get": _call("Cette description", "Described", None, ()) | {"security": []}},
        BASE + "/me": {"get": _call("À qui est ce jeton, et ce qu'il permet", "Me", None, (429,))},
        BASE + "/referrals": {"get": _call("Ses orientations, la plus récente d'abord", "Page", Scope.READ, (422, 429), page)},
        REFERRAL: {"get": _call("Une orientation entière", "Referral", Scope.READ, read, [number], is_versioned=True)},
        REFERRAL + "/moves": {
            "post": _call("Noter une étape", "Referral", Scope.WRITE, acted, [number, version], is_versioned=True)
            | {"requestBody": body}
        },
        REFERRAL + "/undo": {
            "post": _call("Annuler la dernière étape", "Referral", Scope.WRITE, acted, [number, version], is_versioned=True)
        },
        REFERRAL + "/identity": {"get": _call("L'identité du ménage", "Identity", Scope.IDENTITY, read, [number])},
        BASE + "/places": {"get": _call("Ses places, ses lignes et le temps de ses intervenants", "Places", Scope.READ, (429,))},
    }


def _call(
    summary: str, shape: str, scope: Scope | None, refusals: tuple[int, ...], parameters: list[Json] | None = None, *,
    is_versioned: bool = False,
) -> Json:  # fmt: skip
    version = {"ETag": {"description": "La version, à rendre dans « If-Match ».", "schema": _TEXT}}
    given = {"description": "Fait.", "content": {JSON: {"schema": _ref(shape)}}} | ({"headers": version} if is_versioned else {})
    known = sorted({*refusals, *((401, 403) if scope else (401,))}) if shape != "Described" else []
    answers = {str(status): {"$ref": f"#/components/responses/{status}"} for status in known}
    needs = [{"jeton": [str(scope)] if scope else []}]
    return {"summary": summary, "parameters": parameters or [], "security": needs, "responses": {"200": given} | answers}


def _refusal(title: str) -> Json:
    return {"description": title, "content": {PROBLEM: {"schema": _ref("Problem")}}}


def _schemas() -> Json:
    head = _head()
    whole = {
        "fiche": _nullable(_ref("Fiche")),
        "moves": _list(_ref("Possible")),
        "can_undo": _FLAG,
        "history": _list(_ref("Noted")),
        "dues": _list(_ref("Due")),
        "measure": _nullable(_ref("Measure")),
        "signatures": _list(_object({"document": _codes(DOCUMENTS), "party": _codes(PARTIES), "signed_on": _DAY})),
        "reports": _list(_object({"report": _TEXT, "due_on": _DAY, "filed_on": _nullable(_DAY)})),
    }
    synthetic = {"synthetic": _FLAG | {"description": "Données synthétiques : aucun de ces ménages n'existe."}}
    return (
        {
            "Problem": _object({"type": _TEXT, "title": _TEXT, "status": _COUNT}, {"detail": _TEXT}),
            "Described": {"type": "object"},
            "Me": _object(synthetic | {"partner": _ref("Partner"), "token": _ref("Token")}),
            "Partner": _object({"id": _ID, "name": _TEXT, "landlord": _TEXT}),
            "Token": _object({"scopes": _list(_codes(SCOPES)), "expires_at": {"type": "string", "format": "date-time"}}),
            "Page": _object(synthetic | {"items": _list(_ref("Head")), "next": _nullable(_TEXT)}),
            "Head": _object(head),
            "Referral": _object(synthetic | head | whole),
            "Identity": _object(
                synthetic | {"names": _TEXTS, "phones": _TEXTS, "emails": _TEXTS, "address": _TEXTS, "is_represented": _FLAG}
            ),
            "Places": _object(synthetic | {"items": _list(_ref("Offer"))}),
        }
        | _acts()
        | _parts()
    )


def _head() -> Json:
    return {
        "id": _ID,
        "scheme": _object({"code": _TEXT, "label": _TEXT}),
        "state": _object({"code": _codes(STATES), "label": _TEXT}),
        "sent_on": _DAY,
        "closed_on": _nullable(_DAY),
        "version": _TEXT,
        "next_due": _nullable(_ref("Due")),
    }


def _acts() -> Json:
    """What may be done, what an act sends, and what was noted."""
    theirs = {code: move.label for code, move in MOVES.items() if move.by == "association" or code == "step_done"}
    details = {name: _detail(name, label) for name, label in DETAILS.items() if name not in ("organisation_id", "line_id")}
    choices = {"type": "object", "additionalProperties": _nullable({"type": "object", "additionalProperties": _TEXT})}
    sent = {
        "code": _codes(theirs),
        "on_day": _DAY | {"description": "Le jour où cela s'est fait."},
        "details": {"type": "object", "additionalProperties": False, "properties": details},
    }
    noted = {
        "number": _ID,
        "code": _codes({code: move.label for code, move in MOVES.items()}),
        "label": _TEXT,
        "on_day": _DAY,
        "details": {"type": "object"},
        "by": _nullable(_TEXT),
        "is_undone": _FLAG,
    }
    return {
        "Move": {"type": "object", "required": ["code", "on_day"], "additionalProperties": False, "properties": sent},
        "Possible": _object({"code": _codes(theirs), "label": _TEXT, "needs": choices, "may": choices}),
        "Noted": _object(noted),
    }


def _parts() -> Json:
    """What is told of a referral, of its measure and of the partner's places."""
    days = ("booked_on", "starts_on", "planned_end_on", "slid_on", "ended_on", "aftercare_until")
    left = ("year", "measures_left", "months_left", "places_left", "households_per_worker")
    told = _object({"field": _codes({code: one.label for code, one in FIELDS.items()}), "label": _TEXT, "text": _TEXT})
    fiche = {
        "on": _DAY,
        "lines": _list(told),
        "clock": _list(_object({"label": _TEXT, "on": _DAY})),
        "attempts": _list(_object({"on": _DAY, "channel": _TEXT, "outcome": _TEXT})),
        "shows_identity": _FLAG,
    }
    offer = {
        "scheme": _TEXT,
        "territories": _TEXTS,
        "free_households": _nullable(_COUNT),
        "lines": _list(_ref("Line")),
        "workers": _list(_object({"id": _ID, "code": _TEXT, "free_hundredths": _COUNT})),
    }
    measure = {"months": _COUNT, "worker_id": _nullable(_ID), "line_id": _nullable(_ID), "end": _nullable(_TEXT)}
    return {
        "Due": _object({"step": _TEXT, "label": _TEXT, "due_on": _DAY, "days_late": _COUNT}),
        "Fiche": _object(fiche),
        "Measure": _object(measure | dict.fromkeys(days, _nullable(_DAY))),
        "Offer": _object(offer),
        "Line": _object({"id": _nullable(_ID), "code": _TEXT} | dict.fromkeys(left, _nullable(_COUNT))),
    }


def _detail(name: str, label: str) -> Json:
    shape = {"goals": _TEXTS, "actions": _TEXTS, "worker_id": _ID, "months": _ID, "due_on": _DAY}.get(name, _TEXT)
    return shape | {"description": label}


def _object(required: Json, optional: Json | None = None) -> Json:
    return {"type": "object", "required": [*required], "additionalProperties": False, "properties": required | (optional or {})}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _nullable(shape: Json) -> Json:
    return {"oneOf": [shape, {"type": "null"}]}


def _codes(labels: Mapping[Any, str]) -> Json:
    told = " ; ".join(f"`{code}` {label}" for code, label in labels.items())
    return {"type": "string", "enum": [str(code) for code in labels], "description": told}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
