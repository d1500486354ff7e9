"""What past lists were worth, in sentences that a chargé de contentieux reads without knowing statistics."""

from typing import Any

from riskmodel.documents.french import counted, integer, typeset
from riskmodel.weekly.frozen import FrozenList

MINUS = "\u2212"
HAPPENED = {"derive": "ont atteint 2 termes", "decrochage": "n'étaient plus joignables"}
KINDS = {
    "servi": "Listes réellement servies",
    "rejoué": "Semaines rejouées après coup, avec ce qui était connu chaque dimanche : personne n'a travaillé sur ces listes",
}
NO_RECALL = (
    "Ce que la liste manque n'est pas chiffré : il y faut assez de lignes tirées au sort et échues, il n'y en a pas encore. "
    "Un rappel affiché sans elles serait inventé."
)


def head(frozen: FrozenList) -> list[str]:
    """Sentences that head every document of a list: what serves it, then what past lists were worth."""
    worth = [sentence for entry in frozen.track for sentence in told(entry)]
    refused = [NO_RECALL] if frozen.statements and not frozen.track else []
    return [typeset(sentence) for sentence in (*frozen.statements, *worth, *refused)]


def told(entry: dict[str, Any]) -> list[str]:
    """One score's track record: hits beside the best rule's, false alarms, recall or why there is none."""
    return [f"{entry['label']}. {_hits(entry)} {_difference(entry)}", f"{_false_alarms(entry)} {_recall(entry)}"]


def _hits(entry: dict[str, Any]) -> str:
    weeks, listed = counted(entry["weeks"], "semaine échue", "semaines échues"), entry["listed"]
    head = f"{KINDS.get(entry['kind'], entry['kind'])}. Sur {weeks}, {counted(listed, 'ménage signalé', 'ménages signalés')}"
    rule = entry["rule_precision"]
    beside = (
        f" (règle « {entry['best_rule_label']} », à longueur égale : {integer(round(rule * listed))})" if rule is not None else ""
    )
    return f"{head} : {integer(entry['hits'])} {HAPPENED[entry['score']]}{beside}."


def _difference(entry: dict[str, Any]) -> str:
    if entry["difference"] is None:
        return "Écart avec la règle : trop peu de semaines pour le dire."
    if entry["low"] is None or entry["high"] is None:
        return f"Écart : {_signed(entry['difference'])} points de pourcentage, trop peu de semaines pour un intervalle."
    between = f"intervalle de {_signed(entry['low'])} à {_signed(entry['high'])}"
    return f"Écart : {_signed(entry['difference'])} points de pourcentage, {between}."


def _false_alarms(entry: dict[str, Any]) -> str:
    alarms = entry["listed"] - entry["hits"]
    helped = entry.get("treated")
    aside = f" Non comptés : {counted(helped, 'ménage aidé', 'ménages aidés')} entre-temps." if helped else ""
    return f"Fausses alertes : {integer(alarms)} sur {integer(entry['listed'])} ménages signalés.{aside}"


def _recall(entry: dict[str, Any]) -> str:
    if entry["recall"] is None:
        return str(entry.get("recall_refusal") or NO_RECALL)
    value, low, high = (round(100 * entry[key]) for key in ("recall", "recall_low", "recall_high"))
    found = (
        f"Sur 100 ménages qui {HAPPENED[entry['score']]}, la liste en avait montré environ {value} (intervalle de {low} à {high})"
    )
    return f"{found}, d'après les lignes tirées au sort."


def _signed(share: float) -> str:
    points = round(100 * share)
    return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points < 0 else "0"
