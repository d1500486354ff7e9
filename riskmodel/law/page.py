"""`docs/droit.md`, written from the dated values themselves: for a jurist to read, correct and confirm."""

from collections.abc import Iterable
from datetime import date

from riskmodel.law.dated import Topic
from riskmodel.law.deadlines import KINDS as DEADLINES
from riskmodel.law.findings import Dated
from riskmodel.law.lists import STATUTORY
from riskmodel.law.rights import KINDS as RIGHTS
from riskmodel.law.shape import CERTAINTIES
from riskmodel.law.wording import TODAY, period, shown

_HEAD = """# Le droit appliqué

Page produite par `riskmodel law page` à partir des fichiers de `riskmodel/law` ; la modifier ici ne change rien.

Ce service lit des comptes de loyers et rappelle des délais. Chaque délai vient d'une valeur datée, écrite une fois avec son
texte, et jamais recopiée dans le programme. Cette page les donne toutes, pour qu'un juriste puisse les lire, les corriger et
confirmer ce qui reste ouvert. Elle n'est pas un avis juridique. Rien ici ne propose un acte de procédure ni n'en
hâte un : les échéances protègent le ménage, rappellent un devoir, ou disent jusqu'à quand une aide peut encore venir.

Trois degrés de certitude :

* **sûr** : article lu dans une version consolidée, ou texte cité par des sources concordantes ;
* **probable** : commentateurs concordants, ou rédaction en vigueur non relue ; à vérifier ;
* **à confirmer par un juriste** : inconnu, ou discuté. La mention suit la date sur les écrans et dans les fichiers, et aucun
  texte automatique n'en donne la date.

Une date calculée d'une règle qui cesse avant elle, et dont la suite n'est pas connue, porte aussi « à confirmer par un juriste ».
"""
_READING = """## Comment une dette est lue

* **Dette exigible** : toutes les écritures échues, dépôt de garantie excepté (`docs/ledger.md`). En droit, le ménage doit
  le tout.
* **Terme** : loyer et charges (ou indemnité d'occupation), moins la RLS et l'aide versée au bailleur. Le supplément de loyer
  compte dans la dette, pas dans le seuil.
* **Plus ancien terme impayé** : les paiements vont au terme le plus ancien, à défaut d'autre indication du ménage (C. civ.,
  art. 1342-10). Une convention de calcul, pas un fait sur son intention.
* **Depuis quand** : l'impayé date du premier mois où la dette de fin de mois atteint le seuil, à partir du dernier mois où tout
  l'ancien était payé ; le jour retenu est celui du terme de ce mois, le plus tôt possible. Sans soldes de fin de mois, c'est le
  jour où ce qui reste impayé aujourd'hui atteint le seuil : au plus tard.
* **Le seuil du jour** : l'impayé est dit constitué quand la dette du jour l'atteint. Repassé dessous sans être soldé, il n'est
  plus montré ; le devoir de signaler un impayé né avant peut demeurer : à confirmer par un juriste.
* **Surendettement recevable** : la dette d'avant ne doit plus être payée ; elle est ôtée de ce qui se réclame et n'est jamais un
  défaut. Ce qui reste est attribué aux termes les plus récents. Deux exceptions : des délais du juge déjà accordés ; des mesures
  non tenues (à confirmer par un juriste).
* **Signalement** : compté s'il suit le début de la dette, ou quand les écritures connues ne remontent pas à ce début.
* **Procédure** : un dossier clos efface les actes d'avant. Un commandement ou une assignation après un jugement ouvre une
  nouvelle procédure ; une saisine d'avant ce jugement ne la couvre pas.
* **Délais** : de quantième à quantième pour les mois, le dernier jour d'un mois plus court ; les jours ouvrés sont du lundi au
  vendredi, jours fériés nationaux exceptés. Aucun report de fin de semaine n'est ajouté : le jour montré est le plus tôt.
"""
_OWN = """## Corriger ou confirmer une valeur

Une valeur est un bloc d'un fichier de `riskmodel/law/parameters` :

```toml
[[value]]
code = "caf_report_delay"
label = "Signalement de l'impayé à la CAF ou à la MSA"
from_on = 2027-01-01               # premier jour ; absent : aussi loin que le service regarde
# until_on = 2029-12-31            # dernier jour, quand une autre valeur suit
# value = 2                        # absent tant que la valeur n'est pas connue
unit = "months"                    # days, weeks, months, working_days, cents, terms, percent, month_day, text
asked_by = "jour de l'évaluation"  # quel jour décide que la valeur s'applique
reference = "Décret n° 2026-84 du 12 février 2026"
certainty = "to_confirm"           # sure, probable, to_confirm
note = "Le délai applicable à partir du 1er janvier 2027 n'a pas pu être lu."
```

* `riskmodel law check DOSSIER` lit un dossier de valeurs et dit tous ses défauts à la fois : clé, unité, période, jour oublié ;
* `riskmodel law show --on 2027-01-01` montre ce qui s'applique un jour donné ;
* `riskmodel law explain caf_report 2026-11-05` explique une échéance à partir d'un jour ;
* `riskmodel law page` réécrit cette page.

Des cas dessinés, un fichier chacun avec son article (`tests/spec/droit`), montrent ce que le service répond de part et d'autre de
chaque date : un juriste peut les relire, les corriger et en ajouter.
"""


def markdown(topics: Iterable[Topic]) -> str:
    """The whole page."""
    known = tuple(topics)
    unsure = [value for topic in known for value in topic.values if value.to_confirm]
    parts = [_HEAD, _unsure(unsure), *(_topic(topic) for topic in known), _deadlines(known), _rights(), _lists(), _READING, _OWN]
    return "\n".join(parts)


def _unsure(values: list[Dated]) -> str:
    lines = "".join(f"* **{value.label}**{_from(value)} : {value.note} ({value.reference})\n" for value in values)
    return f"## À confirmer par un juriste\n\n{lines}"


def _from(value: Dated) -> str:
    return "" if value.from_on == date.min else f", {period(value)}"


def _topic(topic: Topic) -> str:
    titles = "| règle | valeur | quand | texte | certitude | remarque |\n|---|---|---|---|---|---|\n"
    return f"## {topic.title}\n\n{topic.text}\n\n{titles}" + "".join(_line(value) for value in topic.values)


def _line(value: Dated) -> str:
    sense = " avant" if value.is_before and value.unit != "text" and value.value else ""
    when = period(value) if value.asked_by == TODAY else f"{value.asked_by} : {period(value)}"
    cells = (
        f"{value.label} (`{value.code}`)",
        shown(value) + sense,
        when,
        value.reference,
        CERTAINTIES[value.certainty],
        value.note,
    )
    return "| " + " | ".join(cells) + " |\n"


def _deadlines(topics: tuple[Topic, ...]) -> str:
    rules = {value.code: value.label for topic in topics for value in topic.values}
    head = "## Échéances calculées\n\n| échéance | comptée de | règle | qui | à quoi elle sert |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| {kind['label']} (`{code}`) | {kind['from']} | {rules[kind['rule']]} | {kind['who']} | {kind['text']} |\n"
        for code, kind in DEADLINES.items()
    )


def _rights() -> str:
    lines = "".join(f"{rank}. {kind['label']} (`{code}`)\n" for rank, (code, kind) in enumerate(RIGHTS.items(), start=1))
    return f"## Droits qui peuvent se perdre\n\nDans cet ordre, qui est celui des urgences ; aucun score n'y entre.\n\n{lines}"


def _lists() -> str:
    lines = "".join(f"* {label} (`{code}`)\n" for code, label in STATUTORY.items())
    return f"## Listes de la nuit\n\n{lines}"
