"""`docs/points.md`, written from the published tables themselves: what adds points, how many, for how long, in French."""

import re

from riskmodel.features.dictionary import FEATURES
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.score.points import Bin, Input, PublishedTable
from riskmodel.score.reading import PUBLISHED, published

_HEAD = """# Tables de points publiées

Page produite par `riskmodel score page` à partir des fichiers de `riskmodel/score/tables` ; la modifier ici ne change rien.

Un score est la somme exacte des points de ses lignes, de 0 à 100. Un crayon suffit : pour chaque entrée, lire la valeur du
ménage, prendre la ligne de la plus grande borne atteinte (borne comprise), additionner. Chaque nuit, deux calculs indépendants,
l'un en Python, l'autre en SQL, doivent donner les mêmes entiers pour tous les ménages, sinon aucun score n'est écrit.

Les points sont posés à la main et publiés avant usage ; ils ne sont ni appris ni ajustés sur des données. Un score sert à
proposer de l'aide plus tôt, rien d'autre : il ne sort pas de chez le bailleur et ne fonde aucun acte.

« Effet » : nombre de jours pendant lesquels un fait peut compter ; « tant que vrai » : tant qu'il est vrai au jour de la
question. Le sens et le calcul de chaque donnée sont dans `docs/features.md` et `docs/ledger.md`.
"""
_COMMANDS = """## Commandes

* `riskmodel score table derive` (ou `decrochage`) affiche une table ;
* `riskmodel score run BAILLEUR --as-of AAAA-MM-JJ` applique les tables aux traits d'une nuit ;
* `riskmodel score page` réécrit cette page.
"""
_MARK = re.compile(r"\{\w+\}")


def markdown() -> str:
    """The page, with every published table and what may never add a point."""
    tables = [_table(published(name)) for name in PUBLISHED]
    return "\n".join([_HEAD, *tables, _forbidden(), _COMMANDS])


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
    return head + "".join(line for entry in table.inputs for line in _lines(entry))


def _lines(entry: Input) -> list[str]:
    effect = f"{entry.effect_days} jours" if entry.effect_days else "tant que vrai"
    named = [f"**{entry.label}** (`{entry.feature}`)", *[""] * len(entry.rows)]
    rows = [(bound(row), row.points, readable(row.text)) for row in entry.rows] + [
        ("inconnu", entry.unknown.points, entry.unknown.text)
    ]
    return [
        f"| {name} | {entry.topic if name else ''} | {low} | {points} | {text} | {effect if name else ''} |\n"
        for name, (low, points, text) in zip(named, rows, strict=True)
    ]


def bound(row: Bin) -> str:
    """A row's lower bound as it is read aloud; the first row has none."""
    return "en dessous" if row.low is None else f"{row.low:g}".replace(".", ",")


def readable(text: str) -> str:
    """A sentence whose figures are left open."""
    return _MARK.sub("…", text)


def _forbidden() -> str:
    meanings = {feature.name: feature.meaning for feature in FEATURES}
    lines = "".join(f"| `{name}` | {meanings.get(name, 'hors du dictionnaire')} | {why} |\n" for name, why in FORBIDDEN.items())
    return (
        "## Ce qui n'ajoute jamais de point\n\n"
        "Une table qui cite l'une de ces données est refusée à la lecture. Nom, origine, langue, santé, notes libres : le "
        "service ne les présente à aucun calcul.\n\n| donnée | sens | pourquoi |\n|---|---|---|\n" + lines
    )
