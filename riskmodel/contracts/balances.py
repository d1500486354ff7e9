"""Soldes de l'ERP: what the landlord's own system says, used to reconcile the ledger."""

from riskmodel.contracts.table import Column, Table

BALANCES = Table(
    name="balances",
    french="soldes de l'ERP",
    key=("lease_id", "as_of"),
    known_on="as_of",
    columns=(
        Column("lease_id", "str", "bail", required=True),
        Column("as_of", "date", "date d'arrêté", required=True),
        Column("balance", "money", "solde : écritures comptabilisées jusqu'à la date, hors dépôt de garantie", required=True),
    ),
)
