"""Droits APL/AL: what the CAF or MSA should pay for a lease and a month."""

from riskmodel.contracts.table import Column, Table

BENEFIT_KINDS = {"apl": "APL", "alf": "ALF", "als": "ALS"}
PAID_TO = {"landlord": "versée au bailleur (tiers payant)", "tenant": "versée au locataire"}
STATES = {"open": "droit ouvert", "suspended": "droit suspendu", "ended": "fin de droit"}

BENEFITS = Table(
    name="benefits",
    french="droits APL/AL",
    key=("lease_id", "month"),
    known_on="known_on",
    columns=(
        Column("lease_id", "str", "bail", required=True),
        Column("month", "month", "mois du droit", required=True),
        Column("kind", "code", "nature de l'aide", required=True, codes=BENEFIT_KINDS),
        Column("amount", "money", "droit du mois", required=True, minimum=0),
        Column("paid_to", "code", "destinataire du versement", required=True, codes=PAID_TO),
        Column("state", "code", "état du droit", required=True, codes=STATES),
        Column("known_on", "date", "jour où le bailleur l'a su", required=True),
    ),
)
