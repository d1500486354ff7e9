"""Écritures: the rent ledger. A positive amount raises what the household owes; a balance is a sum of amounts."""

from riskmodel.contracts.leases import PAYMENT_METHODS
from riskmodel.contracts.table import Column, Table

KINDS = {
    "rent": "loyer, annexes, stationnement",
    "charges": "provisions pour charges",
    "supplementary_rent": "supplément de loyer de solidarité (SLS)",
    "rent_reduction": "réduction de loyer de solidarité (RLS)",
    "occupancy_charge": "indemnité d'occupation",
    "charge_adjustment": "régularisation de charges",
    "housing_benefit": "aide au logement versée au bailleur",
    "benefit_adjustment": "rappel ou indu d'aide au logement",
    "payment": "paiement du ménage",
    "payment_rejected": "paiement rejeté",
    "third_party_payment": "paiement d'un tiers (FSL, Action Logement, CCAS, caution)",
    "fee": "frais de procédure",
    "penalty": "pénalité d'enquête, frais de dossier",
    "write_off": "effacement, remise, admission en non-valeur",
    "deposit": "dépôt de garantie (hors solde courant)",
    "transfer": "virement entre comptes, reprise de solde",
}
SIGNS = {
    "rent_reduction": -1,
    "housing_benefit": -1,
    "payment": -1,
    "payment_rejected": 1,
    "third_party_payment": -1,
    "write_off": -1,
}
"""Kinds whose sign never varies. Rent, charges, fees and adjustments may be credited back, so their sign is free."""

ENTRIES = Table(
    name="entries",
    french="écritures",
    key=("entry_id",),
    known_on="booked_on",
    is_required=True,
    signs=SIGNS,
    columns=(
        Column("entry_id", "str", "clé", required=True),
        Column("lease_id", "str", "bail", required=True),
        Column("booked_on", "date", "date comptable : le jour où l'écriture est connue", required=True),
        Column("value_on", "date", "date de valeur : échéance d'un appel, date bancaire d'un paiement", required=True),
        Column("period", "month", "mois concerné"),
        Column("kind", "code", "nature de l'écriture", required=True, codes=KINDS),
        Column("amount", "money", "montant signé", required=True),
        Column("method", "code", "mode d'un paiement", codes=PAYMENT_METHODS),
        Column("reverses", "str", "écriture annulée par celle-ci (rejet)"),
    ),
)
"""The contract's `label` is dropped at the door: free text is never stored (product.md, « What never happens »)."""
