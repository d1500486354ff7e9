"""docs/acces.md: what each role may do, from policy.toml; accounts, sign-in and the log, with the code's own numbers."""

from datetime import timedelta

from riskmodel.access import accounts, api_tokens, invitations, passwords, sessions
from riskmodel.access.limits import Limits, Window
from riskmodel.access.policy import ACTION_LABELS, ALLOWED, ROLE_LABELS

PROSE = """\
# Les accès

Cette page est écrite par `riskmodel docs access` à partir de `riskmodel/access/policy.toml` et du code ; un test la compare.

## Qui peut faire quoi

Tout passe par une seule fonction (`riskmodel/access/policy.py`) et une seule table, appliquées par le serveur avant qu'une page
ne s'ouvre. Ce qui n'est pas écrit est refusé.

{table}

Une attribution associe un rôle et un lieu : tout un bailleur, ou une seule de ses unités de gestion. Qui a un rôle sur une unité
n'ouvre ni les autres unités, ni les pages du bailleur entier (l'administration en est), ni un autre bailleur. Un ménage d'une
autre unité répond par la même page que s'il n'existait pas, et le refus est inscrit au journal. Le rôle d'une association nomme
toujours le partenaire du bailleur pour lequel la personne travaille : elle ne voit que les orientations que ce partenaire a
reçues, dans toutes les unités, et rien du reste. Les préparateurs CCAPEX n'ont que ce qui est coché ci-dessus : l'identité, les
exports de listes et les lettres ne leur sont pas ouverts.

Chaque adresse de l'application est dans `tests/web/matrix.txt`, avec les rôles qui l'ouvrent ; un test essaie chaque adresse avec
chaque rôle, à sa place et hors de sa place, sans compte, avec un compte désactivé et avec une session finie.

Qui tient les comptes ne voit aucun ménage, ne change pas ses propres rôles, et n'atteint pas le compte de quelqu'un qui a aussi
un rôle ailleurs. Deux limites restent : cette personne pourrait se créer un second compte, ou se servir d'un lien d'invitation
à la place de qui il invite. Le journal garde chaque création, chaque attribution et chaque invitation, et le DPO le lit ; la
connexion par OpenID Connect évite la seconde.

## Les comptes

```
riskmodel users add amel.k --name "Amel K." --email amel.k@oph.example --role contentieux@oph-estuaire/02
riskmodel users invite amel.k
riskmodel users grant amel.k cesf@oph-estuaire/05
riskmodel users grant asso.1 association@oph-estuaire#12
riskmodel users revoke amel.k cesf@oph-estuaire/05
riskmodel users deactivate amel.k
riskmodel users list
```

- **Association** : le nombre après `#` est celui du partenaire (Administration, Partenaires) ; sans lui, le rôle est refusé.
- **Invitation** : `riskmodel users invite` donne un lien valable {invitation} heures et une seule fois ; un nouveau lien annule
  le précédent. C'est aussi la façon de remplacer un mot de passe oublié.
- **Mot de passe** : de {shortest} à {longest} caractères, sans l'identifiant du compte ; une fois ôtés les mots et les suites
  que tout le monde essaie (`riskmodel/access/common_passwords.txt`), {left} caractères variés doivent rester. Une phrase de
  plusieurs mots convient. Le registre n'en garde qu'une empreinte Argon2id ({memory} Mio, {passes} passes).
- **Essais manqués** : le {failures}ᵉ d'affilée ferme le compte {lock} minutes, chacun des suivants deux fois plus longtemps,
  {longest_lock} heures au plus. Une nouvelle invitation le rouvre. La réponse est la même, et coûte le même travail, que le
  compte existe, soit fermé, désactivé ou inconnu.
- **Session** : close après {idle} minutes sans page, {life} heures au plus, à chaque changement de mot de passe et à chaque
  rôle retiré. Le navigateur n'a qu'un cookie que les scripts ne lisent pas ; le registre n'en garde que l'empreinte.
- **Compte désactivé** : il ne s'ouvre plus, ses sessions se ferment, ce qu'il a fait reste au journal.

### Ce que les limites de débit protègent, et ce qu'elles ne protègent pas

{windows}

Elles ralentissent qui devine des mots de passe ou envoie des formulaires en boucle. Elles sont tenues en mémoire par chaque
processus du serveur : avec quatre processus, quatre fois plus passe, et un redémarrage les vide ; la fermeture d'un compte
après des essais manqués est, elle, dans le registre. Derrière un serveur mandataire, l'adresse n'est la bonne que si celui-ci
la transmet (`X-Forwarded-For`) et que le serveur lui fait confiance. Elles ne protègent pas d'un afflux venu de milliers
d'adresses, et quelqu'un qui connaît un identifiant peut tenir ce compte fermé : c'est le travail du mandataire, et une raison
de préférer OpenID Connect.

## La connexion par le service de l'organisme (OpenID Connect)

| variable | ce qu'elle dit |
|---|---|
| `VIGIE_URL` | l'adresse publique de l'application, `https://vigie.oph.example` ; les cookies sont alors réservés à https |
| `VIGIE_OIDC_ISSUER` | l'adresse du fournisseur, telle qu'il l'écrit lui-même dans ses jetons |
| `VIGIE_OIDC_CLIENT_ID` | l'identifiant que le fournisseur a donné à l'application |
| `VIGIE_OIDC_CLIENT_SECRET` | le secret qui va avec ; ne l'écrivez dans aucun fichier suivi |

Chez le fournisseur, déclarez l'application comme cliente confidentielle, avec l'adresse de retour `VIGIE_URL` suivie de
`/oidc/retour`, le flux « authorization code » et les portées `openid email`. L'application demande en plus PKCE (S256), un état
et un nonce, et n'accepte qu'un jeton signé par une clef publiée du fournisseur, pour elle, dans son temps.

Le fournisseur dit qui est là ; le registre seul dit ce que cette personne peut faire. Une identité s'attache à un compte une
seule fois : invitez le compte (`riskmodel users invite`), puis la personne se connecte par le service de l'organisme avec
l'adresse vérifiée qui est celle du compte. Ensuite, l'identité est reconnue par le fournisseur et le sujet, même si l'adresse
change. Si le fournisseur ne dit pas les adresses vérifiées, attachez le sujet à la main : `riskmodel users link amel.k 4f2a91c0`.
Une identité sans compte est refusée, avec une page qui dit à qui s'adresser.

## Les jetons des partenaires

Un jeton fait entrer le logiciel d'une association, ou son agenda, à la place d'une personne : pour ce partenaire seul, dans
les portées cochées, pour une durée choisie ({token_lives}). L'association en crée, ou qui tient les comptes du
bailleur ; mais une portée qui lit l'identité des ménages n'est donnée que par qui peut la lire, donc par l'association. Il
est montré une fois, le registre n'en garde que l'empreinte, et il se révoque à tout moment sur la page où il a été créé.
Celui d'un calendrier est dans une adresse, que des agendas gardent : il n'ouvre rien d'autre. Au journal, un jeton est
`jeton:<numéro>`, et un fichier signé `depot:<code du partenaire>`. Pour les éditeurs : [api.md](api.md), [depot.md](depot.md).

## Le journal des accès

Chaque ouverture d'un ménage ou d'une liste, chaque export, chaque formulaire, chaque connexion et chaque refus y laisse une
ligne : instant, compte, action, bailleur, unité, bail pseudonyme, résultat. Aucun nom, aucun texte libre. Chaque ligne porte
l'empreinte SHA-256 de la précédente et d'elle-même : changer, ôter ou insérer une ligne se voit.

```
riskmodel users log verify
riskmodel users log verify --noted 1204:3f7a…
```

La commande relit tout et nomme la première ligne qui ne tient pas. Quand tout tient, elle donne la tête de la chaîne (ligne et
empreinte) : **notez-la hors du registre**, par exemple dans le compte rendu du mois. La chaîne seule ne voit ni une fin coupée,
ni une réécriture complète par quelqu'un qui tient la base et connaît la règle ; la tête notée, si.

Quand la durée de conservation enlève les lignes les plus anciennes, la preuve de suppression garde leur nombre et l'empreinte de
la dernière : ce qui reste se vérifie toujours. Une preuve inventée de toutes pièces cacherait le début du journal : comparez les
preuves (page Conservation) à la durée prévue.

## Le bailleur de démonstration

Chaque rôle y a un compte (`demo-contentieux`, `demo-cesf`, `demo-responsable`, `demo-association`, `demo-ccapex`,
`demo-donnees`, `demo-dpo`) dont le mot de passe est public. Ces comptes ne se créent que pour un bailleur synthétique. Ne les
laissez pas sur une installation qui sert aussi un vrai bailleur.
"""


def page() -> str:
    """The page as it must be in docs/."""
    return PROSE.format(table=_table(), windows=_windows(), **_numbers())


def _numbers() -> dict[str, int | str]:
    """The numbers of the prose, in the unit that it says."""
    return {
        "invitation": invitations.VALID // timedelta(hours=1),
        "shortest": passwords.SHORTEST,
        "longest": passwords.LONGEST,
        "left": passwords.LEFT,
        "memory": passwords.HASHER.memory_cost // 1024,
        "passes": passwords.HASHER.time_cost,
        "failures": accounts.FREE_FAILURES,
        "lock": accounts.FIRST_LOCK // timedelta(minutes=1),
        "longest_lock": accounts.LONGEST_LOCK // timedelta(hours=1),
        "idle": sessions.IDLE // timedelta(minutes=1),
        "life": sessions.LIFE // timedelta(hours=1),
        "token_lives": ", ".join(api_tokens.LIVES.values()),
    }


def _table() -> str:
    head = ["action", *ROLE_LABELS.values()]
    lines = [
        [label, *("oui" if role in ALLOWED[action] else "" for role in ROLE_LABELS)] for action, label in ACTION_LABELS.items()
    ]
    rows = [head, ["---", *(":-:" for _ in ROLE_LABELS)], *lines]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def _windows() -> str:
    limits = Limits()
    told = {
        "essais de connexion sur un même compte, qu'il existe ou non": limits.by_account,
        "essais de connexion depuis une même adresse": limits.by_address,
        "formulaires envoyés dans une même session": limits.by_session,
        "demandes d'un même jeton de partenaire": limits.by_token,
    }
    return "\n".join(f"- {window.most} {what} en {_minutes(window)}." for what, window in told.items())


def _minutes(window: Window) -> str:
    minutes = window.within // timedelta(minutes=1)
    return f"{minutes} minutes" if minutes > 1 else "une minute"
