"""Documents of a referral: which ones make sense now and for whom, what they still lack, and each as PDF or DOCX.

Whoever asks for one that shows a household (`Offered.shows_people`) logs it as a reading of its identity.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from riskmodel.documents.orientation import FILLED_IN, Facts, accepted, lacking, render, render_docx
from riskmodel.errors import DocumentRefused
from riskmodel.referrals.gate import BEFORE_SENDING
from riskmodel.referrals.states import SENT
from riskmodel.register.models import Referral
from riskmodel.schemes import DOCUMENTS, Scheme
from riskmodel.settings import Settings, landlord
from riskmodel.steps.orientation_facts import Asked, Side, read
from riskmodel.steps.orienting import schemes_of

_BOTH: tuple[Side, ...] = ("bailleur", "association")
_UNTIL_SIGNED = ("accepted", "interviewed", "evaluated", "measure_proposed", "running", "slid")
_WHEN: Mapping[str, tuple[tuple[Side, ...], tuple[str, ...]]] = {
    "lettre_information": (("bailleur",), BEFORE_SENDING),
    "fiche_orientation": (_BOTH, ("validated", *SENT)),
    "fiche_liaison": (_BOTH, (*BEFORE_SENDING, *SENT)),
    "courrier_simple": (("association",), ("accepted",)),
    "courrier_recommande": (("association",), ("accepted",)),
    "grille_evaluation": (("association",), ("accepted", "interviewed", "evaluated")),
    "convention_tripartite": (_BOTH, _UNTIL_SIGNED),
    "engagement_tripartite": (_BOTH, _UNTIL_SIGNED),
    "contrat_accompagnement": (_BOTH, _UNTIL_SIGNED),
    "bilan_etape": (("association",), ("running", "slid")),
    "bilan_final": (("association",), ("running", "slid", "aftercare", "closed")),
    "avenant": (_BOTH, ("running",)),
}
"""By document: who asks for it, and in which states it makes sense."""
_NO_ANSWER = ("no_answer", "returned")
"""What becomes of an attempt that reaches nobody."""
_HINTS = {
    "bailleur (adresse)": "clé address de la déclaration du bailleur",
    "bailleur (téléphone)": "clé phone de la déclaration du bailleur",
    "adresse où exercer ses droits": "clé rights_contact de la déclaration du bailleur",
    "ménage (noms)": "aucun titulaire présent dans les données livrées",
    "association": "choisissez d'abord le partenaire",
    "association (adresse)": "à écrire parmi les partenaires",
    "association (téléphone)": "à écrire parmi les partenaires",
    "informations transmises": "aucune convention ne le permet",
    "faits autorisés par la convention": "aucune convention ne le permet",
    "information et accord du ménage": "à noter avant l'envoi",
    "objectifs": "rendus par l'évaluation",
    "actions": "rendues par l'évaluation",
    "date de la lettre simple": "notez d'abord l'envoi de la lettre simple",
}
"""Where to find what is missing."""
_LANDLORDS = frozenset(fact for fact in _HINTS if fact.startswith(("bailleur", "association", "adresse où")))
"""What only the landlord writes down: its own office, and how its partners are reached."""


@dataclass(frozen=True)
class Offered:
    """A document that makes sense now: whether it exists as DOCX too, whether it shows who the household is, and what it still
    lacks before it can be written, each with where to find it."""

    kind: str
    label: str
    is_docx: bool
    shows_people: bool
    missing: tuple[str, ...]


def asked_by(kind: str) -> tuple[Side, ...]:
    """The sides that ever ask for a document."""
    return _WHEN[kind][0]


def kinds(session: Session, settings: Settings, referral_id: int, *, today: date, side: Side) -> tuple[Offered, ...]:
    """The documents that make sense for a referral now and for this side; nobody's identity is read. Raises DocumentRefused for
    an unknown referral, or one of a scheme that is no longer described."""
    asked = _asked(session, settings, referral_id, "", today, side)
    return tuple(_offered(replace(asked, kind=kind)) for kind in _kinds(asked))


def facts_for(session: Session, settings: Settings, referral_id: int, kind: str, *, today: date, side: Side) -> Facts:
    """The facts that a document says, and no other, the household's identity included where it is shown."""
    return _facts(_asked(session, settings, referral_id, kind, today, side))


def document(session: Session, settings: Settings, referral_id: int, kind: str, *, today: date, side: Side) -> bytes:
    """The document as PDF/UA; raises DocumentRefused, naming all that is missing, or when it makes no sense now for this side."""
    return render(kind, _ready(session, settings, referral_id, kind, today, side))


def docx(session: Session, settings: Settings, referral_id: int, kind: str, *, today: date, side: Side) -> bytes:
    """The same for a word processor; raises DocumentRefused also for a document that nobody fills in."""
    return render_docx(kind, _ready(session, settings, referral_id, kind, today, side))


def _ready(session: Session, settings: Settings, referral_id: int, kind: str, today: date, side: Side) -> Facts:
    asked = _asked(session, settings, referral_id, kind, today, side)
    offered = _kinds(asked)
    if kind not in offered:
        listed = ", ".join(DOCUMENTS[one] for one in offered) or "aucun"
        raise DocumentRefused(
            f"{DOCUMENTS.get(kind, kind)} : ce document n'a pas lieu d'être à cette étape, ou pas de votre main. "
            f"Documents possibles maintenant : {listed}."
        )
    facts = _facts(asked)
    if missing := _missing(kind, facts, side):
        raise DocumentRefused(f"{DOCUMENTS[kind].capitalize()} : il manque {' ; '.join(missing)}. Complétez, puis redemandez-la.")
    return facts


def _asked(session: Session, settings: Settings, referral_id: int, kind: str, today: date, side: Side) -> Asked:
    referral = session.get(Referral, referral_id)
    schemes = schemes_of(settings, referral.landlord_id) if referral else {}
    if referral is None or referral.scheme not in schemes:
        raise DocumentRefused(f"Orientation n° {referral_id} : inconnue, ou d'un dispositif qui n'est plus décrit.")
    declared = landlord(settings, referral.landlord_id)
    return Asked(session, settings, declared, referral, schemes[referral.scheme], kind, side, today)


def _facts(asked: Asked) -> Facts:
    wanted = accepted(asked.kind, {"scheme": asked.scheme})
    found = {name: read(asked, name) for name in wanted}
    return cast(Facts, {name: value for name, value in found.items() if value is not None and value not in ("", ())})


def _offered(asked: Asked) -> Offered:
    shows = "household" in accepted(asked.kind, {"scheme": asked.scheme}) and not asked.is_candidate
    missing = _missing(asked.kind, _facts(replace(asked, shows_people=False)), asked.side)
    return Offered(asked.kind, DOCUMENTS[asked.kind], asked.kind in FILLED_IN, shows, missing)


def _missing(kind: str, facts: Facts, side: Side) -> tuple[str, ...]:
    return tuple(f"{one} ({hint})" if (hint := _hint(one, side)) else one for one in lacking(kind, facts))


def _hint(fact: str, side: Side) -> str | None:
    return "au bailleur de le compléter" if side == "association" and fact in _LANDLORDS else _HINTS.get(fact)


def _kinds(asked: Asked) -> tuple[str, ...]:
    """In the order of a life; a partner is offered nothing of a referral that it was not sent."""
    if asked.side == "association" and asked.referral.state not in (*SENT, "closed"):
        return ()
    mine = _of_scheme(asked.scheme)
    asked_for = [kind for kind, (sides, _) in _WHEN.items() if kind in mine and asked.side in sides]
    return tuple(kind for kind in asked_for if _is_time(replace(asked, kind=kind), _WHEN[kind][1]))


def _of_scheme(scheme: Scheme) -> set[str]:
    """The letter of information goes before every fiche, whatever the scheme says of it; none where nothing is shared."""
    letter = {"lettre_information"}
    return {*scheme.documents, *letter} if scheme.is_shared else set(scheme.documents) - letter


def _is_time(asked: Asked, states: tuple[str, ...]) -> bool:
    return asked.referral.state in states and _OWN.get(asked.kind, lambda _: True)(asked)


def _is_unanswered(asked: Asked) -> bool:
    """Nobody writes again to a household that answered."""
    return all(made.details["outcome"] in _NO_ANSWER for made in asked.story.of("attempt"))


def _has_begun(asked: Asked) -> bool:
    return asked.measure is not None and asked.measure.starts_on is not None


_OWN: Mapping[str, Callable[[Asked], bool]] = {
    "courrier_simple": _is_unanswered,
    "courrier_recommande": _is_unanswered,
    "bilan_etape": lambda asked: bool(asked.reports),
    "bilan_final": _has_begun,
}
"""What a document waits for beside the state of its referral; a short measure owes no report on its way."""
