"""Conditions that no file can leave out: they follow from what a scheme is, whoever wrote it."""

from collections.abc import Mapping
from typing import Any

from riskmodel.schemes.scheme import Condition

_ACCESS = Condition(
    "lease_status", "is", "candidate", "Le ménage a déjà un logement du bailleur : ce dispositif sert à entrer dans un logement."
)
_STAY = Condition(
    "lease_status",
    "in",
    ("tenant", "occupant", "subtenant"),
    "Le ménage n'habite pas encore un logement du bailleur : ce dispositif sert à s'y maintenir.",
)
_FROZEN = Condition(
    "overindebtedness",
    "in",
    ("none", "filed", "erased"),
    "Surendettement recevable ou mesures en cours : aucune démarche sur la dette d'avant, que le ménage n'a pas le droit de "
    "payer ; suivre seulement le loyer courant.",
)
_TERMINATED = Condition(
    "stage",
    "at_least",
    "terminated",
    "Le bail n'est pas résilié : une sous-location ne se signe qu'avec un ménage qui ne tient plus le bail.",
)
_LEFT_IN = Condition(
    "lease_status", "is", "occupant", "Le ménage n'est pas un occupant resté dans son logement après la résiliation de son bail."
)


def implied(said: Mapping[str, Any]) -> tuple[Condition, ...]:
    """The conditions that a parsed file's own purpose, sub-lease and claim on old debt bring with them."""
    stays = [_TERMINATED, _LEFT_IN] if said.get("is_sublease", False) else [_STAY]
    found = [_ACCESS] if said["purpose"] == "acces" else stays
    return (*found, _FROZEN) if said.get("claims_arrears", False) else tuple(found)
