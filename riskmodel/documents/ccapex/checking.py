"""What a dossier lacks: three pieces without which none is made, and all that a commission would ask for."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmodel.documents.ccapex.facts import MOVEMENTS, Dossier, Household
from riskmodel.documents.french import euros
from riskmodel.errors import DocumentRefused


@dataclass(frozen=True)
class Missing:
    """One missing piece in a few words, and the next move; `is_blocking` when no dossier is made without it."""

    code: str
    label: str
    text: str
    is_blocking: bool = False


def missing(said: Dossier, who: Household | None = None) -> tuple[Missing, ...]:
    """Everything that a dossier lacks, blocking pieces first. `who` is looked at when it was read."""
    return (*_blocking(said), *_wanted(said), *(_of_household(who) if who else ()))


def ready(said: Dossier) -> None:
    """Raise DocumentRefused, naming all of them, when pieces are missing without which no dossier is made."""
    found = [one.text for one in _blocking(said)]
    if found:
        raise DocumentRefused(f"Dossier du bail {said['lease']['lease_id']} : il ne peut être produit.\n" + "\n".join(found))


def _blocking(said: Dossier) -> Iterator[Missing]:
    charge = said["charge"]
    if not charge["rent_cents"]:
        yield Missing("rent", "loyer", "Loyer mensuel inconnu : vérifiez que le dernier terme a été livré.", True)
    if charge["charges_cents"] is None:
        yield Missing("charges", "charges", "Charges mensuelles inconnues : vérifiez que le dernier terme a été livré.", True)
    if not said["debt"]["months"]:
        yield Missing("breakdown", "décompte de la dette", "Décompte vide : aucun mouvement du compte n'a été livré.", True)
    elif _gap(said):
        text = f"Le décompte s'écarte de la dette de {euros(_gap(said))} : signalez-le, le dossier attendra une nuit juste."
        yield Missing("gap", "décompte égal à la dette", text, True)


def _gap(said: Dossier) -> int:
    """What the opening balance and the months' movements make, less the debt: nothing, to the cent."""
    moved = sum(one[name] for one in said["debt"]["months"] for name in MOVEMENTS)  # type: ignore[literal-required]
    return said["debt"]["opening_cents"] + moved - said["debt"]["legal_cents"]


def _wanted(said: Dossier) -> Iterator[Missing]:
    landlord, lease, debt = said["landlord"], said["lease"], said["debt"]
    if not said["asks"]:
        yield Missing("asks", "demande à la commission", "Dites ce qui est demandé à la commission.")
    if not said["views"]:
        yield Missing("views", "avis du ménage", "Dites l'avis du ménage, ou qu'il n'a pas pu être rencontré.")
    for question, answer in said["declared"].items():
        if answer is None:
            yield Missing("declared", question, f"À répondre : {question}.")
    if not said["contacts"]:
        yield Missing("contacts", "contacts", "Aucune prise de contact connue : joignez d'abord le ménage.")
    if debt["legal_cents"] > 0 and debt["first_default_on"] is None:
        yield Missing("first_default", "premier impayé", "Date du premier impayé inconnue.")
    if said["charge"]["benefit"] is None:
        yield Missing("benefit", "aide au logement", "Aide au logement inconnue : aucun droit n'a été livré pour ce bail.")
    if lease["signed_on"] is None:
        yield Missing(
            "signed_on", "signature du bail", "Date de signature du bail inconnue : le délai du commandement en dépend."
        )
    if not (landlord["phone"] or landlord["email"]):
        move = "Le service à joindre n'a ni téléphone ni courriel : clés phone et email de la déclaration du bailleur."
        yield Missing("landlord", "service à joindre", move)


def _of_household(who: Household) -> Iterator[Missing]:
    if not who.names:
        yield Missing(
            "names", "titulaires", "Nom des titulaires inconnu : la livraison ne contient pas les titulaires de ce bail."
        )
    if not (who.phones or who.emails):
        yield Missing("reach", "téléphone ou courriel du ménage", "Ni téléphone ni courriel du ménage.")
