"""What a reviewer may answer about a row, in the closed words of the trade: one list for screens, workbooks and the register.

Labels hold no comma: a spreadsheet's drop-down list separates its values with commas.
"""

DECISIONS: dict[str, str] = {
    "no_action": "Rien à faire",
    "call": "Appel",
    "visit": "Visite",
    "plan": "Plan d'apurement",
    "caf": "Droits à voir avec la CAF ou la MSA",
    "fsl": "Demande au FSL",
    "social_worker": "Travailleur social",
    "association": "Association partenaire",
    "ccapex": "CCAPEX pour une aide",
    "wrong_data": "Données fausses",
    "pause": "Remis à plus tard",
}
"""All that may be decided about a row, by the register's code."""
ACTING: dict[str, str] = {
    "debt_grows": "dette qui s'installe",
    "no_contact": "plus de nouvelles",
    "benefit": "aide au logement en cause",
    "resources": "baisse de ressources",
    "plan_broken": "plan à revoir",
    "asked": "demande du ménage",
    "deadline": "échéance proche",
    "other_need": "autre besoin",
}
"""Why one acts, as codes: never a comment."""
PAUSING: dict[str, str] = {
    "promise": "promesse de paiement",
    "benefit_due": "aide en attente",
    "hearing_set": "audience fixée",
    "deceased": "décès",
    "data_check": "donnée à vérifier",
    "other_wait": "autre attente",
}
"""Why one waits, always until a day."""
WAITING = "pause"
"""The decision that asks for a day."""
NO_REASON = ("no_action", "wrong_data")
"""Decisions that say enough by themselves."""
REASONS: dict[str, dict[str, str]] = {
    code: {} if code in NO_REASON else PAUSING if code == WAITING else ACTING for code in DECISIONS
}
"""The reasons each decision may have: one of them is needed wherever there are any."""
