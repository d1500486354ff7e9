"""Plans d'apurement and other repayment arrangements."""

from riskmodel.contracts.table import Column, Table

FRAMEWORKS = {
    "amicable": "plan amiable",
    "caf": "plan CAF",
    "judge": "délais du juge",
    "pcs": "protocole de cohésion sociale",
    "overindebtedness": "plan de surendettement",
}
END_REASONS = {"completed": "soldé", "broken": "rompu", "replaced": "remplacé"}

PLANS = Table(
    name="plans",
    french="plans d'apurement, délais",
    key=("plan_id",),
    known_on="signed_on",
    orders=(("signed_on", "first_due_on"), ("signed_on", "ended_on")),
    columns=(
        Column("plan_id", "str", "clé", required=True),
        Column("lease_id", "str", "bail", required=True),
        Column("framework", "code", "cadre du plan", required=True, codes=FRAMEWORKS),
        Column("signed_on", "date", "signature", required=True),
        Column("first_due_on", "date", "première échéance", required=True),
        Column("instalment", "money", "échéance mensuelle", required=True, minimum=0),
        Column("instalments", "int", "nombre d'échéances", required=True, minimum=1, maximum=400),
        Column("debt_included", "money", "dette reprise par le plan", required=True, minimum=0),
        Column("ended_on", "date", "fin du plan", masked=True),
        Column("end_reason", "code", "motif de fin", codes=END_REASONS, masked_with="ended_on"),
    ),
)
