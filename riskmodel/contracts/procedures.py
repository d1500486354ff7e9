"""Étapes de la procédure, in legal order."""

from riskmodel.contracts.table import Column, Table

STEPS = {
    "reminder": "relance",
    "formal_notice": "mise en demeure",
    "caf_report": "signalement CAF/MSA",
    "ccapex_referral": "saisine de la CCAPEX",
    "payment_order": "commandement de payer",
    "summons": "assignation",
    "hearing": "audience",
    "judgment": "jugement",
    "time_granted": "délais accordés par le juge",
    "lease_terminated": "résiliation effective",
    "order_to_leave": "commandement de quitter les lieux",
    "police_requested": "réquisition de la force publique",
    "police_granted": "concours de la force publique accordé",
    "eviction": "expulsion",
    "pcs_signed": "protocole de cohésion sociale signé",
    "closed": "dossier clos",
}

PROCEDURES = Table(
    name="procedures",
    french="étapes de la procédure",
    key=("step_id",),
    known_on="coalesce(recorded_on, dated)",
    columns=(
        Column("step_id", "str", "clé", required=True),
        Column("lease_id", "str", "bail", required=True),
        Column("step", "code", "étape", required=True, codes=STEPS),
        Column("dated", "date", "date de l'acte", required=True),
        Column("amount", "money", "dette visée par l'acte"),
        Column("hearing_on", "date", "date d'audience"),
        Column("recorded_on", "date", "jour de saisie ; à défaut celui de l'acte"),
    ),
)
