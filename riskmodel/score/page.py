"""`docs/points.md`, written from the published tables themselves: what adds points, how many, for how long, in French."""

import re

from riskmodel.features.dictionary import FEATURES
from riskmodel.score.admitted import ADMITTED, Admitted
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.score.points import HORIZONS, Bin, Input, PublishedTable, probability
from riskmodel.score.reading import PUBLISHED, published

_HEAD = """# Tables de points publiées

Page produite par `riskmodel score page` à partir des fichiers de `riskmodel/score/tables` ; la modifier ici ne change rien.

Un score est la somme exacte des points de ses lignes, de 0 à 100. Un crayon suffit : pour chaque entrée, lire la valeur du
ménage, prendre la ligne de la plus grande borne atteinte (borne comprise), additionner. Chaque nuit, deux calculs indépendants,
l'un en Python, l'autre en SQL, doivent donner les mêmes entiers pour tous les ménages, sinon aucun score n'est écrit.

Les points des deux tables ci-dessous sont posés à la main et publiés avant usage ; ils ne sont ni appris ni ajustés sur des
données. Une table ajustée sur l'historique d'un bailleur prend la même forme, avec en plus ses liens (du score à une
probabilité), ce sur quoi elle a été ajustée et ce qui a été mesuré ; elle ne sert qu'une fois approuvée. Un score sert à proposer
de l'aide plus tôt, rien d'autre : il ne sort pas de chez le bailleur et ne fonde aucun acte.

« Effet » : nombre de jours pendant lesquels un fait peut compter ; « tant que vrai » : tant qu'il est vrai au jour de la
question. Le sens et le calcul de chaque donnée sont dans `docs/features.md` et `docs/ledger.md`.
"""
_COMMANDS = """## Commandes

* `riskmodel score table derive` (ou `decrochage`, ou le chemin d'un fichier de table) affiche une table et, si elle est ajustée,
  la probabilité de chaque score ;
* `riskmodel score run BAILLEUR --as-of AAAA-MM-JJ` applique les tables aux traits d'une nuit ;
* `riskmodel score page` réécrit cette page.
"""
_PROPERTIES = """## Ce que toute table garantit

Une table n'est acceptée que si elle ne cite que les entrées publiées ci-dessous, dans leur sens et entre leurs bornes. Quels que
soient alors ses points, et sur des comptes tirés au hasard (`tests/properties`) :

* les points s'additionnent : leur somme est le score, pour tous les ménages ;
* payer, quelle que soit la somme et quel que soit le jour, n'ajoute jamais de point de dérive ;
* un nouveau terme impayé n'en retire jamais ;
* un échange qui aboutit n'ajoute de point à aucun des deux scores ;
* l'effet d'un fait s'éteint au plus tard à la fin de sa durée d'effet ;
* un ménage à jour et sans incident depuis douze mois a 0 point de dérive, y compris s'il a payé un an d'avance, si son aide
  couvre tout son loyer ou si son compte est créditeur ;
* rien de ce qui n'est pas une entrée publiée ne change un score ; sans aucun fait de dette, le score de décrochage reste le même.
"""
_ACTION = """## La règle d'action et les raisons

Ce qui met un ménage sur un onglet de score (la règle d'action) et ce qu'on en dit (les raisons) sortent de la même table, le même
jour : ils ne peuvent pas se contredire. Pour toute ligne retenue par un score, quelle que soit la table :

* son score est au seuil ou au-dessus, et il est la somme exacte des points de ses raisons ;
* sa première raison est celle qui a le plus de points, toujours plus de 0, et elle est du score de l'onglet ;
* un bail résilié, une dette de 1,9 terme net ou plus, ou moins d'un terme (0,9) dû à côté d'un plan respecté ou d'un
  surendettement recevable ne sont jamais sur l'onglet de dérive : aucun point n'y change rien ;
* aucune raison ne cite un fait qu'une cause d'écart nie pour le même ménage : un plan respecté n'a pas d'échéance manquée ; un
  incident ou une entrée récente n'ont pas de raison de dette. Une aide attendue, un paiement en chemin, une dette technique sont
  retirés de la dette avant qu'elle soit lue.

Une ligne tirée au sort, ou classée par une règle simple, n'a pas cette garantie parce qu'elle n'a pas ces raisons : elle montre
les faits du ménage, ou la règle et son chiffre.
"""
_MARK = re.compile(r"\{\w+\}")


def markdown() -> str:
    """The page, with every published table and what may never add a point."""
    tables = [_table(published(name)) for name in PUBLISHED]
    return "\n".join([_HEAD, *tables, _PROPERTIES, _ACTION, *_admitted(), _forbidden(), _COMMANDS])


def _table(table: PublishedTable) -> str:
    head = (
        f"## {table.title}\n\n"
        f"Version {table.version}, total {table.total}, empreinte `{table.digest}`.\n\n"
        f"* **Ce que le score annonce** : {table.outcome}\n"
        f"* **Pour qui** : {table.cohort}\n"
        f"* **Seuil** : listé à partir de {table.minimum} points, dans la limite de la capacité de l'équipe.\n"
        f"* **Approbation** : {table.approval}\n\n"
        "| entrée | thème | à partir de | points | ce que lit la personne | effet |\n|---|---|---|---:|---|---|\n"
    )
    return head + "".join(line for entry in table.inputs for line in _lines(entry)) + _likelihoods(table)


def likelihoods(table: PublishedTable) -> list[tuple[str, ...]]:
    """One line a score from 0 to the total: the score and its probability at each horizon, in French; none without links."""
    scores = range(table.total + 1) if table.links else ()
    return [(str(score), *(_percent(probability(table, score, horizon)) for horizon in HORIZONS)) for score in scores]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}\u00a0%".replace(".", ",")


def _likelihoods(table: PublishedTable) -> str:
    if not table.links:
        return ""
    titles = "".join(f" à {horizon} jours |" for horizon in HORIZONS)
    lines = "".join(f"| {' | '.join(line)} |\n" for line in likelihoods(table))
    return f"\n| score |{titles}\n|---:|---:|---:|---:|\n{lines}"


def _lines(entry: Input) -> list[str]:
    named = [f"**{entry.label}** (`{entry.feature}`)", *[""] * len(entry.rows)]
    rows = [(bound(row), row.points, readable(row.text)) for row in entry.rows] + [
        ("inconnu", entry.unknown.points, entry.unknown.text)
    ]
    return [
        f"| {name} | {entry.topic if name else ''} | {low} | {points} | {text} | {effect(entry.effect_days) if name else ''} |\n"
        for name, (low, points, text) in zip(named, rows, strict=True)
    ]


def bound(row: Bin) -> str:
    """A row's lower bound as it is read aloud; the first row has none."""
    return "en dessous" if row.low is None else f"{row.low:g}".replace(".", ",")


def readable(text: str) -> str:
    """A sentence whose figures are left open."""
    return _MARK.sub("…", text)


def _admitted() -> list[str]:
    meanings = {feature.name: feature for feature in FEATURES}
    head = "## Ce qui peut ajouter des points\n"
    tables = []
    for score, inputs in ADMITTED.items():
        lines = "".join(
            f"| `{name}` | {meanings[name].meaning} | {effect(meanings[name].effect_days)} | {_bounds(admitted)} |\n"
            for name, admitted in inputs.items()
        )
        tables.append(f"Score `{score}` :\n\n| donnée | sens | effet | bornes admises |\n|---|---|---|---|\n{lines}")
    return [head, *tables]


def _bounds(admitted: Admitted) -> str:
    low = [] if admitted.lowest is None else [f"à partir de {admitted.lowest:g}"]
    high = [] if admitted.highest is None else [f"jusqu'à {admitted.highest:g}"]
    return ", ".join(low + high) or "toutes"


def effect(days: int) -> str:
    """How long a fact counts, in words."""
    return f"{days} jours" if days else "tant que vrai"


def _forbidden() -> str:
    meanings = {feature.name: feature.meaning for feature in FEATURES}
    lines = "".join(f"| `{name}` | {meanings.get(name, 'hors du dictionnaire')} | {why} |\n" for name, why in FORBIDDEN.items())
    return (
        "## Ce qui n'ajoute jamais de point\n\n"
        "Une table qui cite l'une de ces données est refusée à la lecture. Nom, origine, langue, santé, notes libres : le "
        "service ne les présente à aucun calcul.\n\n| donnée | sens | pourquoi |\n|---|---|---|\n" + lines
    )
