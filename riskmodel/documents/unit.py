"""What was counted over the whole unit, in a few labelled sentences; a line that would only say zero is left out."""

from riskmodel.documents.figures import causes, is_ruled
from riskmodel.documents.french import counted, integer
from riskmodel.weekly.frozen import FrozenList, Tab

Pair = tuple[str, str]


def unit_lines(frozen: FrozenList) -> list[Pair]:
    """Label and sentence, in reading order; nothing about a figure that the list does not hold."""
    lines = [
        ("Ménages de l'unité", _households(frozen)),
        ("Dérive d'impayé", _threshold(frozen, "derive")),
        ("Décrochage", _threshold(frozen, "decrochage")),
        ("Écartés avec cause", _set_aside(frozen)),
        ("Réponses de l'équipe", _muted(frozen)),
        ("Droits", _rights(frozen)),
    ]
    return [(label, text) for label, text in lines if text]


def _households(frozen: FrozenList) -> str:
    if "menages" not in frozen.counts:
        return ""
    installed = frozen.counts.get("installes", 0)
    known = f", dont {integer(installed)} en impayé installé (1,9 terme net ou plus), déjà suivis par l'équipe"
    return integer(frozen.counts["menages"]) + (known if installed else "")


def _threshold(frozen: FrozenList, score: Tab) -> str:
    """Capacity is a choice of means, not a verdict: who qualifies beyond it is said, with the highest score among them."""
    if f"qualifies_{score}" not in frozen.counts:
        return ""
    beyond, highest = frozen.counts.get(f"coupe_{score}", 0), frozen.counts.get(f"coupe_{score}_score")
    among = f" (score le plus haut parmi eux : {integer(highest)})" if highest is not None else ""
    cut = f"{integer(beyond)} au-delà de la capacité de la semaine{among}"
    above = counted(frozen.counts[f"qualifies_{score}"], "ménage")
    place = "que la règle classe" if is_ruled(frozen, score) else "au-dessus du seuil"
    return f"{above} {place}, {cut if beyond else 'aucun au-delà de la capacité'}"


def _set_aside(frozen: FrozenList) -> str:
    """A payment on its way is everybody's case after the due day: most are counted and not shown."""
    total, shown = frozen.counts.get("ecartes", 0), len(frozen.tab("ecarte"))
    some = f", dont {integer(shown)} sur l'onglet et les autres, paiements en chemin sans autre trouble, seulement comptés"
    named = " ; ".join(f"{label} ({integer(number)})" for label, number in causes(frozen))
    return f"{integer(total)}{some if shown < total else ''} : {named}" if total else ""


def _muted(frozen: FrozenList) -> str:
    """Flags that a former answer keeps away, which an urgency would show all the same."""
    muted = frozen.counts.get("muets", 0)
    why = "après « rien à faire » ou « remis à plus tard » ; une urgence serait montrée"
    return f"{counted(muted, 'signalement tu', 'signalements tus')} {why}" if muted else ""


def _rights(frozen: FrozenList) -> str:
    objections, estates = (frozen.counts.get(key, 0) for key in ("oppositions", "deces"))
    said = [
        counted(objections, "opposition au profilage", "oppositions au profilage") if objections else "",
        counted(estates, "dossier en succession, suivi à part", "dossiers en succession, suivis à part") if estates else "",
    ]
    return " ; ".join(part for part in said if part)
