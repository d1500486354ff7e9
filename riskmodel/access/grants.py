"""What a user is granted: given, taken back, by whom that may be done, and how people write it."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from riskmodel.access import sessions
from riskmodel.access.policy import ROLE_LABELS, Action, Granted, Role, Viewer, may
from riskmodel.access.viewers import granted_of, viewer_of
from riskmodel.errors import AccessRefused
from riskmodel.register import organisations
from riskmodel.register.models import Grant, User

WRITTEN = re.compile(r"(?P<role>[a-z]+)@(?P<landlord>[^/#\s]+)(?:/(?P<unit>[^/#\s]+))?(?:#(?P<organisation>\d+))?")


def rows(session: Session, grants: Iterable[Granted]) -> list[Grant]:
    """Grants as the register keeps them, each once; raises AccessRefused for one that cannot be given."""
    return [_row(session, granted) for granted in dict.fromkeys(grants)]


def give(session: Session, user: User, granted: Granted) -> bool:
    """Grant a role in a place; False when the user already has it. Open sessions see it at their next page.

    Raises AccessRefused for an association's role that names no partner of the landlord, or another role that names one.
    """
    if granted in viewer_of(user).grants:
        return False
    user.grants.append(_row(session, granted))
    session.flush()
    return True


def take(session: Session, user: User, granted: Granted) -> bool:
    """Take a role in a place back and end the user's sessions; False when the user did not have it."""
    held = [row for row in user.grants if granted_of(row) == granted]
    for row in held:
        user.grants.remove(row)
    sessions.close_all(session, user.id)
    session.flush()
    return bool(held)


def may_govern(viewer: Viewer, user: User) -> bool:
    """Whether `viewer` may invite, change or deactivate `user`: another, whose roles all lie where the viewer keeps users.

    An account with a role elsewhere is out of reach: whoever invites it anew could enter by it.
    """
    mine = viewer_of(user)
    return mine.user_id != viewer.user_id and all(may(viewer, Action.USERS, held.place) for held in mine.grants)


def read(text: str) -> Granted:
    """What « contentieux@oph-estuaire/02 » grants; raises AccessRefused for anything written otherwise."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None or found["role"] not in set(Role):
        raise AccessRefused(
            f"« {text} » : attendu RÔLE@BAILLEUR, RÔLE@BAILLEUR/UNITÉ ou RÔLE@BAILLEUR#PARTENAIRE, "
            f"où RÔLE est {', '.join(Role)}. Par exemple contentieux@oph-estuaire/02."
        )
    organisation = int(found["organisation"]) if found["organisation"] else None
    return Granted(Role(found["role"]), found["landlord"], found["unit"], organisation)


def written(granted: Granted) -> str:
    """A grant as `read` reads it."""
    unit = f"/{granted.management_unit}" if granted.management_unit else ""
    organisation = f"#{granted.organisation_id}" if granted.organisation_id is not None else ""
    return f"{granted.role}@{granted.landlord_id}{unit}{organisation}"


def _row(session: Session, granted: Granted) -> Grant:
    if (granted.role is Role.ASSOCIATION) != (granted.organisation_id is not None) or not _has_partner(session, granted):
        raise AccessRefused(_partner_needed(session, granted))
    place = {"landlord_id": granted.landlord_id, "management_unit": granted.management_unit}
    return Grant(role=granted.role.value, **place, organisation_id=granted.organisation_id)


def _has_partner(session: Session, granted: Granted) -> bool:
    if granted.role is not Role.ASSOCIATION:
        return True
    partners = organisations.partners(session, granted.landlord_id)
    return granted.management_unit is None and any(row.id == granted.organisation_id and row.is_active for row in partners)


def _partner_needed(session: Session, granted: Granted) -> str:
    """Why a role and a partner do not go together, and which ones would."""
    if granted.role is not Role.ASSOCIATION:
        only = ROLE_LABELS[Role.ASSOCIATION]
        return f"« {written(granted)} » : seul le rôle « {only} » nomme un partenaire. Écrivez-le sans « # »."
    known = [row for row in organisations.partners(session, granted.landlord_id) if row.is_active]
    listed = ", ".join(f"{row.id} ({row.name})" for row in known) or "aucun ; créez-le d'abord (Administration, Partenaires)"
    return (
        f"« {written(granted)} » : ce rôle ouvre les orientations d'un seul partenaire, dans toutes les unités. Attendu "
        f"association@{granted.landlord_id}#NUMÉRO. Partenaires en activité : {listed}."
    )
