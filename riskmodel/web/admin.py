"""What the pages of administration share: their own menu, and the landlord they are about."""

from typing import Any

from fastapi import Response

from riskmodel.access.policy import Action, Place, may, places
from riskmodel.web import shell
from riskmodel.web.routing import Asked, PageUnknown


def page(asked: Asked, template: str, status: int = 200, **values: Any) -> Response:
    """A page of administration, under the menu of those that the viewer may open."""
    pages = shell.administration(asked.viewer, asked.request.url.path)
    return asked.page(f"admin/{template}", status, submenu=pages, **values)


def landlords(asked: Asked, action: Action) -> list[str]:
    """Landlords that the viewer may administer so as a whole, in order: a role on one unit opens none of these pages."""
    named = {place.landlord_id for place in places(asked.viewer, action) if place.landlord_id}
    return sorted(name for name in named if may(asked.viewer, action, Place(name)))


def chosen(asked: Asked, action: Action, wanted: str) -> dict[str, Any]:
    """The landlord that a page is about and those it may be changed for; raises PageUnknown for another's."""
    mine = landlords(asked, action)
    if not mine:
        raise PageUnknown("L’administration porte sur un bailleur entier : un rôle sur une seule unité ne l’ouvre pas.")
    landlord_id = wanted or mine[0]
    if landlord_id not in mine:
        raise PageUnknown(f"{wanted} : ce bailleur n’est pas de ceux que vous suivez ({', '.join(mine)}).")
    return {"landlord_id": landlord_id, "landlords": mine}
