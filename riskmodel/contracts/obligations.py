"""Obligations: surveys, insurance and access that a household is asked to answer."""

from riskmodel.contracts.table import Column, Table

OBLIGATION_KINDS = {
    "ops_survey": "enquête OPS",
    "sls_survey": "enquête SLS",
    "insurance_certificate": "attestation d'assurance",
    "boiler_service": "entretien de la chaudière",
    "technical_access": "accès technique",
}

OBLIGATIONS = Table(
    name="obligations",
    french="enquêtes, assurance, accès",
    key=("obligation_id",),
    known_on="requested_on",
    orders=(("requested_on", "due_on"), ("requested_on", "reminded_on"), ("requested_on", "fulfilled_on")),
    columns=(
        Column("obligation_id", "str", "clé", required=True),
        Column("lease_id", "str", "bail", required=True),
        Column("kind", "code", "nature de la demande", required=True, codes=OBLIGATION_KINDS),
        Column("requested_on", "date", "envoi de la demande", required=True),
        Column("due_on", "date", "date limite de réponse", required=True),
        Column("reminded_on", "date", "relance", masked=True),
        Column("fulfilled_on", "date", "réponse reçue", masked=True),
    ),
)
