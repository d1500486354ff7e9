"""Contacts: every attempt to reach a household, and every call from it. Never a note."""

from riskmodel.contracts.table import Column, Table

CHANNELS = {
    "phone": "téléphone",
    "sms": "SMS",
    "email": "courriel",
    "letter": "lettre simple",
    "registered_letter": "lettre recommandée",
    "visit": "visite",
    "office": "accueil",
    "portal": "espace locataire",
}
DIRECTIONS = {"inbound": "entrant", "outbound": "sortant"}
OUTCOMES = {
    "reached": "joint",
    "message_left": "message laissé",
    "no_answer": "sans réponse",
    "delivered": "remis",
    "undeliverable": "n'habite pas à l'adresse indiquée (NPAI)",
    "unclaimed": "pli non réclamé",
    "appointment_kept": "rendez-vous honoré",
    "appointment_missed": "rendez-vous manqué",
    "refused": "dialogue refusé",
}
TOPICS = {
    "arrears": "impayé",
    "survey": "enquête",
    "insurance": "assurance",
    "technical_access": "accès technique",
    "benefit": "aide au logement",
    "other": "autre",
}

CONTACTS = Table(
    name="contacts",
    french="contacts",
    key=("contact_id",),
    known_on="coalesce(recorded_on, CAST(contacted_at AS DATE))",
    retention_months=24,
    columns=(
        Column("contact_id", "str", "clé", required=True),
        Column("lease_id", "str", "bail", required=True),
        Column("at", "datetime", "moment du contact", required=True, stored_as="contacted_at"),
        Column("channel", "code", "canal", required=True, codes=CHANNELS),
        Column("direction", "code", "sens", required=True, codes=DIRECTIONS),
        Column("outcome", "code", "issue", required=True, codes=OUTCOMES),
        Column("topic", "code", "motif", required=True, codes=TOPICS),
        Column("recorded_on", "date", "jour de saisie ; à défaut celui du contact"),
    ),
)
