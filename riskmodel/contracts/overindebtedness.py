"""Surendettement: stages of a Banque de France file, which change how old debt must be read."""

from riskmodel.contracts.table import Column, Table

OVERINDEBTEDNESS_STEPS = {
    "filed": "dépôt du dossier",
    "admissible": "recevabilité",
    "measures": "mesures",
    "recovery_order": "rétablissement personnel",
    "closed": "dossier clos",
}

OVERINDEBTEDNESS = Table(
    name="overindebtedness",
    french="surendettement",
    key=("lease_id", "step", "dated"),
    known_on="dated",
    columns=(
        Column("lease_id", "str", "bail", required=True),
        Column("step", "code", "étape", required=True, codes=OVERINDEBTEDNESS_STEPS),
        Column("dated", "date", "date de l'étape", required=True),
        Column("debt_included", "money", "dette locative incluse"),
    ),
)
