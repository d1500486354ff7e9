"""The attributes by which fairness is measured, and their groups in words. Sex, origin, language and health are not held."""

from riskmodel.contracts.leases import HOUSEHOLD_TYPES

UNKNOWN = "unknown"
ATTRIBUTES = {
    "age_band": "Âge du titulaire le plus âgé",
    "household_type": "Type de ménage",
    "management_unit": "Unité de gestion",
    "priority_area": "Quartier prioritaire (QPV)",
    "benefit_status": "Aide au logement",
    "commune_code": "Commune (code INSEE)",
}
SHORT = {
    "age_band": "Âge",
    "household_type": "Ménage",
    "management_unit": "Unité",
    "priority_area": "Quartier",
    "benefit_status": "Aide",
    "commune_code": "Commune",
}
"""Names for the margin of a picture."""
_GROUPS = {
    "age_band": {
        "under_30": "moins de 30 ans",
        "30_44": "30 à 44 ans",
        "45_59": "45 à 59 ans",
        "60_74": "60 à 74 ans",
        "75_over": "75 ans et plus",
    },
    "household_type": HOUSEHOLD_TYPES,
    "priority_area": {"inside": "en QPV", "outside": "hors QPV"},
    "benefit_status": {
        "landlord": "versée au bailleur",
        "tenant": "versée au locataire",
        "stopped": "suspendue ou terminée",
        "none": "sans droit connu",
    },
}


def group_label(attribute: str, group: str) -> str:
    """A group in French; a unit or a commune keeps its own name."""
    if group == UNKNOWN:
        return "non renseigné"
    return _GROUPS.get(attribute, {}).get(group, group)


def order_of(attribute: str, group: str) -> tuple[int, str]:
    """Groups in the order people expect, unknown last."""
    known = list(_GROUPS.get(attribute, {}))
    return (len(known) + (group == UNKNOWN) if group not in known else known.index(group), group)
