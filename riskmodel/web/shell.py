"""What surrounds every page: the menu of what this viewer may do, and what is wrong with the data they are about to use."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.access.policy import Action, Place, Role, Viewer, places
from riskmodel.register.deliveries import ACCEPTED, REFUSED
from riskmodel.register.models import DeliveryRow

MENU = (
    ("Accueil", "/", Action.HOME),
    ("Listes", "/listes", Action.LIST_VIEW),
    ("Dossiers", "/dossiers", Action.CASE_CLOSE),
    ("Échéances", "/echeances", Action.DEADLINES_VIEW),
    ("CCAPEX", "/ccapex", Action.CCAPEX_VIEW),
    ("Orientations", "/orientations", Action.REFERRAL_VIEW),
    ("Places", "/places", Action.PLACES_VIEW),
    ("Coordination", "/coordination", Action.COORDINATION_VIEW),
    ("Indicateurs", "/indicateurs", Action.COORDINATION_VIEW),
    ("Droits", "/droits", Action.RIGHT_VIEW),
    ("Orientations reçues", "/association", Action.PARTNER_VIEW),
)
ADMINISTRATION = (
    ("Qualité des données", "/admin/qualite", Action.QUALITY),
    ("Exécutions", "/admin/executions", Action.RUNS),
    ("Utilisateurs", "/admin/utilisateurs", Action.USERS),
    ("Agences", "/admin/agences", Action.AGENCIES),
    ("Capacités", "/admin/capacites", Action.CAPACITY),
    ("Partenaires", "/admin/partenaires", Action.PARTNERS),
    ("Jetons des partenaires", "/admin/jetons", Action.API_TOKENS),
    ("Tables de points", "/admin/grilles", Action.TABLES_VIEW),
    ("Journal des accès", "/admin/journal", Action.ACCESS_LOG),
    ("Conservation", "/admin/conservation", Action.RETENTION),
)
STALE_DAYS = 3
"""Days after which missing payments make a list doubtful: the same as on the lists themselves (weekly.edition)."""


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    label: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class Notice:
    """Something wrong with a landlord's data; `what` in a few words, `then` the next move."""

    landlord_id: str
    what: str
    then: str


def landlord_ids(viewer: Viewer) -> tuple[str, ...]:
    """Landlords in which a viewer has a role, in order."""
    return tuple(sorted({grant.landlord_id for grant in viewer.grants if grant.landlord_id}))


def informed_of(viewer: Viewer) -> tuple[str, ...]:
    """Landlords whose deliveries matter to a viewer, in order: a partner works from what it was sent, not from a delivery."""
    grants = tuple(granted for granted in viewer.grants if granted.role is not Role.ASSOCIATION)
    return landlord_ids(replace(viewer, grants=grants))


def menu(viewer: Viewer, path: str) -> tuple[Entry, ...]:
    """What a viewer may open, the page they are on marked; one entry for the whole of administration."""
    shown = [_entry(viewer, path, *line) for line in MENU]
    inside = administration(viewer, path)
    if inside:
        shown.append(Entry("Administration", inside[0].href, path.startswith("/admin/")))
    return tuple(entry for entry in shown if entry)


def administration(viewer: Viewer, path: str) -> tuple[Entry, ...]:
    """The pages of administration that a viewer may open; they are about a whole landlord, so a role on one unit opens none."""
    whole = tuple(granted for granted in viewer.grants if granted.place == Place(granted.landlord_id))
    return tuple(entry for line in ADMINISTRATION if (entry := _entry(replace(viewer, grants=whole), path, *line)))


def notices(session: Session, landlord_ids: Iterable[str], today: date) -> tuple[Notice, ...]:
    """For each landlord: a newest delivery that was refused, or that is older than STALE_DAYS."""
    newest = (
        select(DeliveryRow.landlord_id, DeliveryRow.status, func.max(DeliveryRow.as_of))
        .where(DeliveryRow.landlord_id.in_(tuple(landlord_ids)))
        .group_by(DeliveryRow.landlord_id, DeliveryRow.status)
    )
    days = {(landlord_id, status): day for landlord_id, status, day in session.execute(newest)}
    return tuple(notice for name in landlord_ids for notice in _notices(name, days, today))


def _notices(name: str, days: dict[tuple[str, str], date], today: date) -> list[Notice]:
    accepted, refused = days.get((name, ACCEPTED)), days.get((name, REFUSED))
    found = []
    if refused and (accepted is None or refused > accepted):
        what = f"La livraison du {refused:%d/%m/%Y} a été refusée : rien d’elle n’est visible."
        found.append(Notice(name, what, "Le responsable des données lit pourquoi dans le rapport de qualité et fait corriger."))
    if accepted is None:
        found.append(Notice(name, "Aucune livraison n’a encore été acceptée.", "Déposez une première livraison complète."))
    elif (today - accepted).days > STALE_DAYS:
        what = f"Données du {accepted:%d/%m/%Y}, vieilles de {(today - accepted).days}\u00a0jours."
        found.append(Notice(name, what, "Vérifiez les paiements récents avant d’appeler un ménage."))
    return found


def _entry(viewer: Viewer, path: str, label: str, href: str, action: Action) -> Entry | None:
    where = places(viewer, action)
    if not where:
        return None
    target = href.format(landlord_id=where[0].landlord_id)
    return Entry(label, target, path == target or (target != "/" and path.startswith(f"{target}/")))
