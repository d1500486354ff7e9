"""What may never add a point, and why.

Grounds: Code pénal 225-1, RGPD 9, and the rule that a landlord's own act says nothing about a household.
"""

_PERSON = "attribut de la personne ou du foyer (Code pénal, art. 225-1)"
_PLACE = "lieu de résidence (Code pénal, art. 225-1)"
_BENEFIT = "niveau d'aide au logement : seul un changement peut compter"
_MEANS = "niveau de ressources ou de loyer"
_LANDLORD = "acte du bailleur seul : il décrit sa pratique, pas le ménage"
_CALENDAR = "retard de calendrier ou de facturation, qui n'est pas le fait du ménage"
_DOUBT = "doute sur les données, qui n'est pas un risque"
_RIGHT = "exercice d'un droit par le ménage"
_KEY = "identifiant"

FORBIDDEN: dict[str, str] = {
    "lease_id": _KEY,
    "household_id": _KEY,
    "management_unit": _PLACE,
    "commune_code": _PLACE,
    "priority_area": _PLACE,
    "household_type": _PERSON,
    "holder_birth_year": _PERSON,
    "tenancy_days": _PERSON,
    "has_known_right": _BENEFIT,
    "benefit_gap_cents": _BENEFIT,
    "benefit_advance_cents": _BENEFIT,
    "net_share_rise_pct": _BENEFIT,
    "benefit_late_months": _CALENDAR,
    "in_transit_cents": _CALENDAR,
    "technical_cents": _CALENDAR,
    "technical_shock_cents": _CALENDAR,
    "legal_cents": _CALENDAR,
    "legal_terms": _CALENDAR,
    "erp_cents": _CALENDAR,
    "net_term_cents": _MEANS,
    "gross_term_cents": _MEANS,
    "erp_gap_cents": _DOUBT,
    "due_terms": _DOUBT,
    "judged_terms": _DOUBT,
    "attempts_180d": _LANDLORD,
    "is_to_contact": _LANDLORD,
    "is_terminated": _LANDLORD,
    "stage": _LANDLORD,
    "stage_on": _LANDLORD,
    "hearing_on": _LANDLORD,
    "plan_framework": _LANDLORD,
    "is_clause_at_stake": _LANDLORD,
    "overindebtedness_step": _RIGHT,
    "frozen_cents": _RIGHT,
}
"""Reason, in French, by feature or column."""
