"""`docs/conservation.md` and `docs/droits.md`, written from the rules and the closed lists themselves, in French."""

from riskmodel.contracts import TABLES
from riskmodel.people.corrections import OUTCOMES
from riskmodel.people.facts import facts
from riskmodel.people.retention import TO_CONFIRM, Rule, rules, suspension

_RETENTION = """# La conservation

Page produite par `riskmodel docs retention` à partir de `riskmodel/people/retention.toml` et du contrat d'entrée : ne la
modifiez pas à la main.

Chaque donnée a une durée, un point de départ et une source. Ce qui est marqué *{confirm}* est une proposition : le bailleur
la fait valider avant l'usage réel et change le nombre dans le fichier, nulle part ailleurs.

| règle | ce qui part | durée | à partir de | d'où vient la règle | peut attendre |
|---|---|---|---|---|---|
{rules}

« Peut attendre » : {suspension}

## Les tables livrées

| table | durée après la remise des clés |
|---|---|
{tables}

Un bail dont la livraison ne parle plus compte depuis le jour de sa disparition. Toutes les versions de ses lignes partent,
puis les anciens fichiers Delta et leur journal, qui cite les valeurs extrêmes des colonnes. Les versions épinglées plus tôt
ne se lisent plus : **une liste plus ancienne que l'horizon ne peut plus être refaite** ; une plus récente se refait à
l'identique, car chaque ligne dit depuis quand elle est visible. Les logements restent : ils ne disent rien de qui y a vécu.

Ce que le service ne fait pas : effacer dans le logiciel du bailleur ni dans le dossier de dépôt. Une livraison complète qui
contient encore un bail effacé le fait revenir ; la preuve le montre chaque semaine. Réglez alors l'extraction.
Les sauvegardes du bailleur suivent leur propre durée : elles sont à borner de la même façon.

## Lancer, vérifier

* `riskmodel retention plan BAILLEUR` dit ce qui partirait aujourd'hui et ce qui attend, sans rien changer ; sans bailleur,
  ce qui est commun à l'installation (sessions, invitations, jetons, journal des accès).
* `riskmodel retention run BAILLEUR` enlève. À ne pas lancer pendant la nuit du bailleur.
* `riskmodel retention proof BAILLEUR` montre chaque suppression et vérifie leur chaîne.
* Le DAG `retention` fait la même chose chaque mercredi à 13 h, une tâche par bailleur.

## La preuve

Chaque suppression laisse une ligne : quand, quelle règle, quel endroit, antérieur à quel jour, combien, et une empreinte qui
couvre la ligne et l'empreinte de la précédente. Jamais de qui : ni bail, ni nom, ni empreinte de ceux-ci. Le journal des
accès a sa propre chaîne ([acces.md](acces.md)).

Arrêtée à n'importe quel moment, une exécution ne perd rien et la suivante achève : au registre, les lignes et leur preuve
partent dans la même transaction ; un fichier est d'abord mis de côté, compté, puis effacé ; une table est d'abord récrite,
puis épinglée avec sa preuve, puis débarrassée de ses anciens fichiers. Une livraison acceptée au même moment fait échouer
l'effacement, qui se relance.
"""

_RIGHTS = """# Les droits des ménages

Page produite par `riskmodel docs rights` à partir de `riskmodel/people` : ne la modifiez pas à la main.

Tout se fait à l'écran, sous « Droits », ou au terminal. Aucun texte libre n'est enregistré : des codes, des jours, des
montants.

## S'opposer (RGPD, art. 21)

`riskmodel people object BAILLEUR --lease BAIL --on AAAA-MM-JJ --by …` ; `riskmodel people lift` la lève. Aucun motif
n'est demandé.

* À l'écran, les lignes de score du ménage sont masquées aussitôt.
* Dès la nuit qui suit : plus de score, plus d'onglet de score, plus de tirage au sort, plus de question posée pour mesurer
  ou ajuster. L'opposition livrée par le bailleur avec ses locataires a le même effet.
* Les urgences continuent : un délai du juge en jeu, une audience sans reprise du loyer sont des règles de droit, pas un
  profilage.
* Elle compte à partir de son enregistrement. Une liste plus ancienne, refaite, reste ce qu'elle était ; le passé n'est pas
  récrit.
* Qui l'a enregistrée par erreur l'annule le jour même ; ensuite le responsable ou le délégué à la protection des données la
  lève.

## Corriger (RGPD, art. 16)

`riskmodel people contest BAILLEUR --lease BAIL --fact … --by …`, puis `riskmodel people settle BAILLEUR NUMÉRO
--outcome …`.

Tant que la demande est ouverte, les entrées que le fait nourrit sont inconnues pour ce bail : 0 point, la nuit même. La
ligne de la liste le dit, et rien n'y est expliqué à partir du fait contesté. **Contester ne peut que baisser un score ou le
laisser** : une entrée inconnue vaut 0 et aucune entrée n'a de points négatifs (`tests/properties/test_corrections.py`). Un
ménage dont la dette elle-même est contestée n'est pas sur l'onglet de dérive : la question ne peut pas être posée. Les
urgences et les causes d'écart lisent toujours les données livrées.

Issues : {outcomes}. Le service ne corrige rien lui-même : le bailleur corrige dans son logiciel, la livraison suivante
l'apporte.

| code | fait | entrées inconnues pendant la demande | où vérifier |
|---|---|---|---|
{facts}

## La page et la lettre du ménage

`riskmodel people letter BAILLEUR --lease BAIL --to lettre.pdf` : une page, avec le nom et l'adresse. À l'écran, la même sans
nom. Elle dit les faits datés que la dernière liste a vus, ce qui n'a pas été utilisé, comment dire non ou corriger, qui
aide. Ni score, ni menace, ni mot de procédure : les textes sont dans `reports/lettre-menage.toml`, un test en surveille les
mots et la longueur. Elle ne dit pas si le dossier a été tiré au sort : l'équipe qui l'imprime l'apprendrait avant de
décider.

## Le dossier complet (RGPD, art. 15)

`riskmodel people file BAILLEUR --lease BAIL --to dossier.pdf` (ou `dossier.json`) : identité des titulaires, bail, compte,
contacts, demandes, plans, aides, étapes, points de la dernière nuit, listes avec raisons et points, tirages, décisions,
suites, oppositions, demandes de correction, journal des accès. À l'écran, le service n'en garde rien sur le disque ; au
terminal, seul le fichier demandé est écrit.

Les points du ménage y figurent : ils lui sont dus (CRPA, art. L.311-3-1). Les occupants et les cautions sont comptés, pas
nommés : leur droit d'accès est à eux. Le dossier est celui d'un bail ; il nomme les autres baux du même ménage.
"""


def retention() -> str:
    """docs/conservation.md."""
    return _RETENTION.format(
        confirm=TO_CONFIRM,
        rules="\n".join(_rule(rule) for rule in rules().values()),
        suspension=_lowered(suspension()["source"]),
        tables="\n".join(
            f"| {table.french} | {table.retention_months} mois |" for table in TABLES.values() if table.name != "dwellings"
        ),
    )


def rights() -> str:
    """docs/droits.md."""
    lines = [
        f"| `{fact.code}` | {fact.label} | {', '.join(f'`{name}`' for name in fact.inputs) or 'aucune'} | {fact.check} |"
        for fact in facts().values()
    ]
    outcomes = ", ".join(f"`{code}` ({_lowered(label)})" for code, label in OUTCOMES.items())
    return _RIGHTS.format(outcomes=outcomes, facts="\n".join(lines))


def _rule(rule: Rule) -> str:
    source = rule.source if rule.is_sure else f"{rule.source} *{TO_CONFIRM}*"
    return f"| `{rule.code}` | {rule.what} | {rule.length} | {rule.starts} | {source} | {'oui' if rule.may_wait else 'non'} |"


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]
