"""What a reviewer may answer about a row, in the closed words of the trade: one list for screens, workbooks and the register.

Labels hold no comma: a spreadsheet's drop-down list separates its values with commas.
"""

from datetime import timedelta

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
"""The answer that asks for a day."""
NO_REASON = ("no_action", "wrong_data")
"""Decisions that say enough by themselves."""
REASONS: dict[str, dict[str, str]] = {
    code: {} if code in NO_REASON else PAUSING if code == WAITING else ACTING for code in DECISIONS
}
"""The reasons each answer may have: one of them is needed wherever there are any."""

LEASE_HEAD = "Bail"
"""Heads the workbook's column that tells rows apart."""
ANSWER_HEADS = {"decision": "Décision", "reason": "Motif", "follow_up": "À revoir le"}
"""Heads of the workbook's three columns that a reviewer fills in, and that are read back."""
IDENTITY = {"list": "vigie_liste", "version": "vigie_empreinte"}
"""The workbook's own properties that say which list it answers, and made from which facts."""
IDENTITY_LINES = {"list": "Référence", "version": "Empreinte des faits"}
"""The same on its first sheet, for programs that drop properties."""
LONGEST_WAIT = timedelta(days=366)
"""The longest wait that a reviewer may set."""
