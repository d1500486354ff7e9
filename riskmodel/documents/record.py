"""What past lists were worth, in sentences that a chargé de contentieux reads without knowing statistics."""

from typing import Any

from riskmodel.documents.french import counted, integer, typeset
from riskmodel.weekly.frozen import FrozenList

MINUS = "\u2212"
HAPPENED = {"derive": "ont atteint 2 termes", "decrochage": "ont décroché"}
KINDS = {
    "servi": "Semaines servies : les listes que l'équipe a eues en main.",
    "rejoué": (
        "Semaines rejouées : listes refaites après coup avec ce qui était connu chaque dimanche ; personne n'y a travaillé."
    ),
}
NO_RECALL = (
    "Ce que la liste manque n'est pas chiffré : il y faut assez de lignes tirées au sort dont les 90 jours sont passés. "
    "Un chiffre donné sans elles serait inventé."
)


def head(frozen: FrozenList) -> list[str]:
    """Sentences that head every document of a list: what serves it, what past lists were worth, what is meant by it, and why
    recall is not given where it is not."""
    refused = [str(entry.get("recall_refusal") or NO_RECALL) for entry in frozen.track if entry["recall"] is None]
    if frozen.statements and not frozen.track:
        refused = [NO_RECALL]
    kinds = [KINDS[kind] for kind in dict.fromkeys(entry["kind"] for entry in frozen.track)]
    said = (*frozen.statements, *(told(entry) for entry in frozen.track), *kinds, *dict.fromkeys(refused))
    return [typeset(sentence) for sentence in said]


def told(entry: dict[str, Any]) -> str:
    """One score's track record: hits beside the best rule's, the difference, false alarms, and recall where it can be said."""
    said = (_hits(entry), _difference(entry), _false_alarms(entry), _recall(entry))
    return " ".join(sentence for sentence in said if sentence)


def _hits(entry: dict[str, Any]) -> str:
    weeks = counted(entry["weeks"], f"semaine {entry['kind']}e et échue", f"semaines {entry['kind']}es et échues")
    listed, rule = entry["listed"], entry["rule_precision"]
    beside = "" if rule is None else f" (règle « {entry['best_rule_label']} » : {integer(round(rule * listed))})"
    flagged = counted(listed, "ménage signalé", "ménages signalés")
    return f"{entry['label']} : sur {weeks}, {flagged}, {integer(entry['hits'])} {HAPPENED[entry['score']]}{beside}."


def _difference(entry: dict[str, Any]) -> str:
    if entry["difference"] is None:
        return "Écart avec la règle : trop peu de semaines pour le dire."
    if entry["low"] is None or entry["high"] is None:
        return f"Écart : {_points(entry['difference'])}, trop peu de semaines pour un intervalle."
    between = f"intervalle de {_signed(entry['low'])} à {_signed(entry['high'])}"
    return f"Écart : {_points(entry['difference'])}, {between}."


def _false_alarms(entry: dict[str, Any]) -> str:
    helped = entry.get("treated")
    aside = f", sans compter {counted(helped, 'ménage aidé', 'ménages aidés')} entre-temps" if helped else ""
    return f"Fausses alertes : {integer(entry['listed'] - entry['hits'])}{aside}."


def _recall(entry: dict[str, Any]) -> str:
    if entry["recall"] is None:
        return ""
    value, low, high = (round(100 * entry[key]) for key in ("recall", "recall_low", "recall_high"))
    found = f"Sur 100 ménages qui {HAPPENED[entry['score']]}, la liste en avait montré environ {value}"
    return f"{found} (intervalle de {low} à {high}), d'après les lignes tirées au sort."


def _points(share: float) -> str:
    return f"{_signed(share)} {'point' if abs(round(100 * share)) < 2 else 'points'} de pourcentage"


def _signed(share: float) -> str:
    points = round(100 * share)
    return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points < 0 else "0"
