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
_SIZE = "montant en euros : il suit le loyer, seule sa part d'un terme net compte"
_WAY = "état ou date, sans ordre dans lequel ajouter des points"
_SLIDING = "le ménage qui a payé d'avance y paraît en retard, et un nouveau terme impayé peut l'améliorer"
_LATE = "payer en retard le ferait monter : payer n'ajoute jamais de point"
_EVER = "ne s'éteint pas : silence ou solde tenu d'avance, sans fait nouveau, ajouterait des points sans fin"

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
    "current_cents": _SIZE,
    "overdue_cents": _SIZE,
    "current_terms": "compte un paiement en chemin comme une dette",
    "oldest_unpaid_on": _WAY,
    "plan_state": _WAY,
    "paid_share_3": _SLIDING,
    "payment_delay_days": _LATE,
    "payment_delay_drift_days": _LATE,
    "method_changes_365d": "payer par un autre moyen le ferait monter : payer n'ajoute jamais de point",
    "days_since_payment": _EVER,
    "days_since_two_way": _EVER,
    "days_since_inbound": _EVER,
}
"""Reason, in French, by feature or column."""
