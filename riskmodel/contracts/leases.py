"""Baux: one row a lease, past and present."""

from riskmodel.contracts.table import Column, Table

PAYMENT_METHODS = {
    "direct_debit": "prélèvement",
    "transfer": "virement",
    "card": "carte bancaire",
    "cheque": "chèque",
    "cash": "espèces",
    "money_order": "mandat compte",
    "representative": "mandataire (tutelle)",
}
OCCUPANCIES = {
    "tenant": "locataire en titre",
    "occupant_without_title": "occupant sans titre",
    "subtenant": "sous-locataire",
}
RENT_TERMS = {"in_arrears": "terme échu", "in_advance": "terme à échoir"}
HOUSEHOLD_TYPES = {
    "single": "personne seule",
    "couple": "couple",
    "single_parent": "famille monoparentale",
    "couple_children": "couple avec enfants",
    "other": "autre",
}

LEASES = Table(
    name="leases",
    french="baux",
    key=("lease_id",),
    known_on="coalesce(signed_on, start_date)",
    is_required=True,
    parent=("dwelling_id", "dwellings"),
    orders=(("start_date", "end_date"), ("start_date", "terminated_on")),
    columns=(
        Column("lease_id", "str", "clé", required=True),
        Column("dwelling_id", "str", "logement", required=True),
        Column("household_id", "str", "ménage ; peut tenir des baux successifs", required=True),
        Column("signed_on", "date", "signature du bail"),
        Column("start_date", "date", "entrée dans les lieux", required=True),
        Column("end_date", "date", "remise des clés ; vide tant que le logement est occupé", masked=True),
        Column("terminated_on", "date", "résiliation effective du bail", masked=True),
        Column("occupancy", "code", "titre d'occupation", required=True, codes=OCCUPANCIES),
        Column("rent_term", "code", "terme échu ou à échoir", required=True, codes=RENT_TERMS),
        Column("due_day", "int", "jour d'exigibilité du terme", required=True, minimum=1, maximum=28),
        Column("payment_method", "code", "mode de paiement déclaré", codes=PAYMENT_METHODS),
        Column("household_type", "code", "type de ménage", codes=HOUSEHOLD_TYPES, audit_only=True),
        Column("holder_birth_year", "int", "naissance du titulaire le plus âgé", minimum=1890, audit_only=True),
    ),
)
