"""What is held about a household beyond lists: referrals and their steps, sessions of the commission, what the law says of it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.ccapex import cases, opinions
from riskmodel.ccapex.cases import CaseView
from riskmodel.ccapex.vocabulary import ASKS, DECLARED, VIEWS
from riskmodel.documents.person import Field, Part
from riskmodel.referrals import reading
from riskmodel.referrals.states import MOVES
from riskmodel.register import situations
from riskmodel.register.models import Referral, Transition

_NUMBER, _HELD = Field("referral_id", "orientation", "number"), Field("held_on", "séance du", "day")
_REFERRED = (
    _NUMBER,
    Field("scheme", "dispositif"),
    Field("organisation", "partenaire"),
    Field("state_label", "état"),
    Field("created_at", "proposée le", "instant"),
    Field("closed_on", "close le", "day"),
)
_MOVED = (
    _NUMBER,
    Field("label", "étape"),
    Field("on_day", "le", "day"),
    Field("by", "compte"),
    Field("undone_at", "annulée le", "instant"),
)
_KEPT = (_NUMBER, Field("fact", "fait"), Field("value", "valeur"))
_BROUGHT = (
    _HELD,
    Field("asks", "demandé"),
    Field("views", "avis du ménage"),
    Field("declared", "réponses"),
    Field("as_of", "dossier figé au", "day"),
)
_SAID = (
    _HELD,
    Field("kind", "nature"),
    Field("text", "contenu"),
    Field("addressee", "destinataire"),
    Field("due_on", "à faire avant le", "day"),
    Field("done_on", "fait le", "day"),
)
_COUNTED = (Field("label", "échéance"), Field("due_on", "le", "day"), Field("explained", "calcul"))


def parts(session: Session, landlord_id: str, lease_id: str, today: date) -> tuple[Part, ...]:
    """Every part, empty ones included: what is not held is said too."""
    whose = landlord_id, lease_id
    return (*_referrals(session, *whose), *_sessions(session, *whose, today), _law(session, *whose))


def _referrals(session: Session, landlord_id: str, lease_id: str) -> Iterator[Part]:
    heads = reading.of_lease(session, landlord_id, lease_id)
    numbers = [one.referral_id for one in heads]
    moves = session.scalars(select(Transition).where(Transition.referral_id.in_(numbers)).order_by(Transition.id)).all()
    kept = session.scalars(select(Referral).where(Referral.id.in_(numbers)).order_by(Referral.id)).all()
    facts = tuple(
        {"referral_id": one.id, "fact": name, "value": value}
        for one in kept
        for said in (one.facts, one.declared)
        for name, value in said.items()
    )
    yield Part("Orientations", _REFERRED, tuple(asdict(one) for one in heads))
    yield Part("Étapes des orientations", _MOVED, tuple({**vars(one), "label": MOVES[one.code].label} for one in moves))
    yield Part("Faits et réponses gardés avec les orientations", _KEPT, facts, True)


def _sessions(session: Session, landlord_id: str, lease_id: str, today: date) -> Iterator[Part]:
    brought = cases.of_lease(session, landlord_id, lease_id)
    frozen = tuple({"held_on": held_on, "facts": case.facts} for case, held_on in brought if case.facts)
    sessions = {case.session_id for case, _ in brought}
    heard = [one for number in sorted(sessions) for one in opinions.of_session(session, number, today)]
    yield Part("Séances CCAPEX", _BROUGHT, tuple({"held_on": held_on, **_answers(case)} for case, held_on in brought))
    yield Part("Dossiers CCAPEX figés", (_HELD, Field("facts", "dossier")), frozen, True)
    yield Part("Avis de la commission", _SAID, tuple(asdict(one) for one in heard if one.lease_id == lease_id))


def _answers(case: CaseView) -> dict[str, object]:
    declared = [f"{DECLARED[code].label} : {DECLARED[code].answers[answer]}" for code, answer in case.declared.items()]
    asks, views = [ASKS[code] for code in case.asks], [VIEWS[code] for code in case.views]
    return {"asks": " ; ".join(asks), "views": " ; ".join(views), "declared": " ; ".join(declared), "as_of": case.as_of}


def _law(session: Session, landlord_id: str, lease_id: str) -> Part:
    told = situations.of_lease(session, landlord_id, lease_id)
    rows = tuple({"label": one.label, "due_on": one.due_on, "explained": one.explained} for one in told.deadlines) if told else ()
    return Part("Dates comptées par la loi, dernière nuit", _COUNTED, rows)
