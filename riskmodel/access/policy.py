"""Who may do what, where: one table of roles and actions (policy.toml), and the places that grants cover. Deny by default."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What somebody does for a living, as far as the product is concerned."""

    CONTENTIEUX = "contentieux"
    CESF = "cesf"
    HEAD = "responsable"
    ASSOCIATION = "association"
    CCAPEX = "ccapex"
    DATA = "donnees"
    DPO = "dpo"


class Action(StrEnum):
    """Every thing a route may do. PUBLIC is what nobody needs an account for; the others are lines of policy.toml."""

    PUBLIC = "public"
    HOME = "home"
    ACCOUNT = "account"
    LIST_VIEW = "list_view"
    LIST_DECIDE = "list_decide"
    LIST_APPROVE = "list_approve"
    LIST_EXPORT = "list_export"
    LIST_IMPORT = "list_import"
    HOUSEHOLD_VIEW = "household_view"
    IDENTITY_VIEW = "identity_view"
    HOUSEHOLD_LOG = "household_log"
    CASE_CLOSE = "case_close"
    RIGHT_VIEW = "right_view"
    RIGHT_RECORD = "right_record"
    RIGHT_SETTLE = "right_settle"
    LETTER = "letter"
    PERSON_FILE = "person_file"
    CAPACITY = "capacity"
    TABLES_VIEW = "tables_view"
    TABLES_APPROVE = "tables_approve"
    QUALITY = "quality"
    RUNS = "runs"
    USERS = "users"
    AGENCIES = "agencies"
    ACCESS_LOG = "access_log"
    RETENTION = "retention"
    REFERRAL_VIEW = "referral_view"
    REFERRAL_ACT = "referral_act"
    PLACES_VIEW = "places_view"
    PLACES_ALLOCATE = "places_allocate"
    PARTNERS = "partners"
    PARTNER_VIEW = "partner_view"
    PARTNER_ACT = "partner_act"
    PARTNER_IDENTITY = "partner_identity"
    PARTNER_EXPORT = "partner_export"
    API_TOKENS = "api_tokens"
    COORDINATION_VIEW = "coordination_view"
    DEADLINES_VIEW = "deadlines_view"
    DEADLINES_EXPORT = "deadlines_export"
    CCAPEX_VIEW = "ccapex_view"
    CCAPEX_PREPARE = "ccapex_prepare"
    CCAPEX_RECORD = "ccapex_record"


@dataclass(frozen=True)
class Place:
    """Where an action takes place. What is None is not named: a page about a whole landlord names no unit."""

    landlord_id: str | None = None
    management_unit: str | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class Granted:
    """A role in a place: a whole landlord, one of its units, or one partner organisation of it."""

    role: Role
    landlord_id: str
    management_unit: str | None = None
    organisation_id: int | None = None

    @property
    def place(self) -> Place:
        """Where the role holds."""
        return Place(self.landlord_id, self.management_unit, self.organisation_id)

    def covers(self, place: Place) -> bool:
        """Whether `place` lies inside. Nowhere in particular lies inside any; a whole landlord not inside one of its units."""
        if place.landlord_id is None:
            return place == Place()
        return (
            self.landlord_id == place.landlord_id
            and self.management_unit in (None, place.management_unit)
            and (self.organisation_id == place.organisation_id or self._is_for_every_partner)
        )

    @property
    def _is_for_every_partner(self) -> bool:
        """A landlord's people see all of its partners; an association's see the one that their role names, and no other."""
        return self.organisation_id is None and self.role is not Role.ASSOCIATION


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in, with what they were granted."""

    user_id: int
    account: str
    display_name: str
    grants: tuple[Granted, ...] = ()


_TABLE = tomllib.loads((Path(__file__).parent / "policy.toml").read_text(encoding="utf-8"))
ROLE_LABELS: dict[Role, str] = {Role(role): label for role, label in _TABLE["roles"].items()}
"""Roles as people say them, in the order of the tables that people read."""
ACTION_LABELS: dict[Action, str] = {Action(action): line["label"] for action, line in _TABLE["actions"].items()}
"""Actions as people say them; PUBLIC has no line."""
ALLOWED: dict[Action, frozenset[Role]] = {
    Action(action): frozenset(Role(role) for role in line["roles"]) for action, line in _TABLE["actions"].items()
}
"""Roles allowed to do each action, wherever they hold."""


def may(viewer: Viewer | None, action: Action, place: Place) -> bool:
    """Whether `viewer` (None: nobody signed in) may do `action` in `place`."""
    if action is Action.PUBLIC:
        return True
    return viewer is not None and any(_allows(granted, action) and granted.covers(place) for granted in viewer.grants)


def places(viewer: Viewer, action: Action) -> tuple[Place, ...]:
    """Where the viewer may do `action`, each place once: what menus offer and lists of lists are filtered by."""
    return tuple(dict.fromkeys(granted.place for granted in viewer.grants if _allows(granted, action)))


def _allows(granted: Granted, action: Action) -> bool:
    return granted.role in ALLOWED.get(action, frozenset())
