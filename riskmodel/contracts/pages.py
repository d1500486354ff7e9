"""`docs/contract.md`, written from the tables themselves: what a landlord delivers, in French."""

from riskmodel.contracts import TABLES
from riskmodel.contracts.table import Column, Table, Type

TYPES: dict[Type, str] = {
    "str": "texte",
    "code": "code",
    "date": "date",
    "datetime": "date et heure",
    "month": "mois",
    "int": "entier",
    "bool": "vrai ou faux",
    "decimal": "décimal",
    "money": "euros",
}

HEAD = """# Le contrat d'entrée, version 1

Page produite par `riskmodel docs contract` à partir de `riskmodel/contracts` : ne la modifiez pas à la main.

Ce qu'un bailleur livre chaque nuit, dans les mots du service. L'extrait d'un progiciel est d'abord traduit vers ce contrat
par un *profil source* ([profils.md](profils.md)) ; au-delà de la traduction, plus rien ne connaît que les noms ci-dessous.

## Une livraison
Un dossier par jour, nommé par sa date (`2026-10-31`), avec un fichier par table et, si possible, un `manifest.json` :

```json
{"contract": 1, "landlord_id": "oph-estuaire", "as_of": "2026-10-31", "mode": "full",
 "tables": {"entries": {"rows": 123456, "amount_total": "-1234.56"}}}
```

- `full` (complète) : chaque table présente remplace ce qui en était connu ; une ligne absente est close à cette date.
- `incremental` (différentielle) : les lignes s'ajoutent ou remplacent celles de même clé.
- Signe d'une écriture : positif, elle augmente ce que doit le ménage ; négatif, elle le diminue. Le solde est la somme des
  montants.
- Les totaux du manifeste doivent être exacts, à la ligne et au centime ; sinon la livraison entière est refusée et la nuit
  précédente reste visible.
- Sous sa forme canonique, un fichier est un CSV en UTF-8, séparé par des virgules : dates `AAAA-MM-JJ`, mois `AAAA-MM`, point
  décimal, `true` ou `false`, vide quand la valeur est inconnue ; date et heure `AAAA-MM-JJTHH:MM:SS`. Une table peut aussi être
  un fichier Parquet.
- Tables obligatoires : {required}. Sans l'une des autres, les signaux qui en dépendent sont éteints et la liste le dit.
- Toute colonne absente de ces tableaux est abandonnée à l'entrée. Les textes libres (libellés, notes) n'atteignent jamais le
  disque.

Dans les tableaux : **oui** = jamais vide ; *audit* = sert à mesurer l'équité, jamais à calculer un score ni à établir une
liste ; *datée* = la valeur n'est lue qu'à partir de son propre jour. À l'intérieur du service un montant est un nombre entier de
centimes, et son nom le dit (`amount` devient `amount_cents`).
"""


def contract() -> str:
    """The whole page, in the order in which a delivery is read."""
    required = ", ".join(f"`{table.name}`" for table in TABLES.values() if table.is_required)
    return "\n".join([HEAD.replace("{required}", required), *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    lines = [f"## {table.name} ({table.french})", "", *_rules(table), ""]
    lines += ["| colonne | type | toujours remplie | sens |", "|---|---|---|---|", *map(_line, table.columns), ""]
    lines += [text for column in table.columns if column.codes for text in _codes(column, table)]
    return "\n".join(lines)


def _rules(table: Table) -> list[str]:
    rules = [f"Clé : {_names(table.key)}." + (" Table obligatoire." if table.is_required else "")]
    if table.parent:
        rules.append(f"`{table.parent[0]}` doit exister dans `{table.parent[1]}`.")
    if table.orders:
        rules.append("Dates dans l'ordre : " + ", ".join(f"`{first}` ≤ `{then}`" for first, then in table.orders) + ".")
    if table.is_personal:
        rules.append("Données personnelles, rangées à part : seule la pièce `people` les lit.")
    rules.append(f"Conservation prévue : {table.retention_months} mois après la fin du bail.")
    return [" ".join(rules)]


def _line(column: Column) -> str:
    marks = [mark for mark, holds in (("audit", column.audit_only), ("datée", column.masked)) if holds]
    meaning = column.meaning + (f" (*{', '.join(marks)}*)" if marks else "")
    return f"| `{column.name}` | {_type(column)} | {'oui' if column.required else ''} | {meaning} |"


def _type(column: Column) -> str:
    bounds = [f"≥ {column.minimum}"] * (column.minimum is not None) + [f"≤ {column.maximum}"] * (column.maximum is not None)
    return TYPES[column.type] + (f" ({', '.join(bounds)})" if bounds else "")


def _codes(column: Column, table: Table) -> list[str]:
    signs = (table.signs or {}) if column.name == "kind" else {}
    usual = {0: "", 1: " (toujours ≥ 0)", -1: " (toujours ≤ 0)"}
    codes = [f"- `{code}` : {label}{usual[signs.get(code, 0)]}" for code, label in (column.codes or {}).items()]
    return [f"Codes de `{column.name}` :", "", *codes, ""]


def _names(names: tuple[str, ...]) -> str:
    return " + ".join(f"`{name}`" for name in names)
