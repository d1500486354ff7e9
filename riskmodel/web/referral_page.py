"""What the page of a referral shows its landlord: what is to do, what must be recorded before sharing, its steps, its papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy.orm import Session

from riskmodel.referrals import gate, reading, story
from riskmodel.referrals.fiche import Fiche, attempts
from riskmodel.referrals.fields import FIELDS
from riskmodel.referrals.late import Late
from riskmodel.referrals.moves import Possible, Schemes
from riskmodel.referrals.reading import Detail
from riskmodel.referrals.states import MOVES, SIGNED
from riskmodel.referrals.story import Story
from riskmodel.register.models import FundingLine, Referral, Worker
from riskmodel.schemes import ACTORS, DOCUMENTS, FACTS, PARTIES, Scheme
from riskmodel.schemes.wording import shown
from riskmodel.settings import Settings
from riskmodel.steps.orienting import schemes_of
from riskmodel.steps.received import is_held, readable
from riskmodel.steps.versions import version
from riskmodel.web.moves_form import forms
from riskmodel.web.moves_told import told as details_told
from riskmodel.web.referral_choices import offered

SIDE: Literal["bailleur"] = "bailleur"


@dataclass(frozen=True)
class Opened:
    """A referral whole, with its scheme and all those of its landlord, and its standing moves."""

    detail: Detail
    scheme: Scheme
    schemes: Schemes
    story: Story
    is_candidate: bool


@dataclass(frozen=True)
class Stage:
    """One step of the scheme: who does it, the day it was done, else what is due."""

    label: str
    who: str
    done_on: date | None
    due: Late | None


def find(session: Session, settings: Settings, referral_id: int, today: date) -> Opened:
    """A referral that is known to exist; raises MoveRefused when its scheme is no longer described."""
    referral = session.get_one(Referral, referral_id)
    schemes = schemes_of(settings, referral.landlord_id)
    detail = reading.detail(session, referral_id, schemes=schemes, today=today)
    is_candidate = gate.is_candidate(referral)
    return Opened(detail, schemes[referral.scheme], schemes, story.read(session, referral_id), is_candidate)


def shown_values(session: Session, opened: Opened, today: date) -> dict[str, Any]:
    """Everything that templates/referrals/referral.html reads, but for what the viewer may do and the documents."""
    detail, scheme = opened.detail, opened.scheme
    own, theirs = _by_side(detail)
    choices = offered(session, detail, opened.schemes, today)
    missing = [check for check in detail.gate if not check.holds]
    blocked = _blocked(own, bool(missing), bool(choices.get("organisation_id")))
    return {
        "head": detail.head,
        "scheme": scheme,
        "is_candidate": opened.is_candidate,
        "own_moves": forms([move for move in own if move.code not in blocked], choices),
        "their_moves": forms(theirs, choices),
        "lacks_partner": "assign" in blocked,
        "awaits_gate": "send" in blocked,
        "gate": detail.gate,
        "missing": missing,
        "is_gate_open": detail.head.state in gate.BEFORE_SENDING,
        "undoable": MOVES[opened.story.moves[-1].code].label if SIDE in detail.undo_by else "",
        "version": version(session, detail.head.referral_id),
        "dues": [(due, ACTORS[due.who]) for due in detail.dues],
        "stages": _stages(scheme, detail),
        "facts": _facts(detail.facts),
        "attempts": attempts(detail.facts),
        "as_of": date.fromisoformat(detail.facts["as_of"]),
        "declared": [(FACTS[code].label, shown(FACTS[code], value)) for code, value in detail.declared.items()],
        "fiche": _fiche(session, detail, today),
        "measure": _measure(session, opened) if detail.measure else (),
        "papers": _papers(opened),
        "reports": _reports(scheme, detail),
        "evaluation": details_told(session, scheme, "return_evaluation", detail.evaluation) if detail.evaluation else (),
        "history": [(act, details_told(session, scheme, act.code, act.details)) for act in reversed(detail.history)],
    }


def _by_side(detail: Detail) -> tuple[list[Possible], list[Possible]]:
    """The landlord's own moves, and its partner's, which it may note for one that answered by telephone or on paper."""
    mine = detail.moves_of(SIDE)
    return [move for move in mine if move.sides == (SIDE,)], [move for move in mine if move.sides != (SIDE,)]


def _blocked(own: Iterable[Possible], is_gate_closed: bool, has_partner: bool) -> set[str]:
    """Moves whose turn it is and that something beside the referral keeps from being made: it is told instead of their form."""
    wanted = {"send": is_gate_closed, "assign": not has_partner}
    return {move.code for move in own if wanted.get(move.code)}


def _stages(scheme: Scheme, detail: Detail) -> list[Stage]:
    due = {one.step: one for one in detail.dues}
    return [Stage(step.label, ACTORS[step.by], detail.steps.get(step.code), due.get(step.code)) for step in scheme.steps]


def _facts(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Facts frozen at the proposal, in the order of a fiche; the day of the list is told apart."""
    known = [(field, facts[code]) for code, field in FIELDS.items() if code in facts and code != "as_of"]
    coded = [(field.label, shown(FACTS[field.code], value)) for field, value in known if field.kind == "fact"]
    days = [(field.label, date.fromisoformat(value)) for field, value in known if field.kind == "day"]
    return coded + [(label, f"{day:%d/%m/%Y}") for label, day in days]


def _fiche(session: Session, detail: Detail, today: date) -> Fiche | None:
    """What the partner reads, or would read if it were sent today; None when it may read nothing, or nothing any more."""
    referral = session.get_one(Referral, detail.head.referral_id)
    is_read = referral.state in gate.BEFORE_SENDING or is_held(session, referral)
    return readable(session, referral.id, today) if is_read else None


def _measure(session: Session, opened: Opened) -> list[tuple[str, Any]]:
    """The place that the referral holds; a day as a date, the rest as text."""
    measure = opened.detail.measure
    if measure is None:
        return []
    line = session.get(FundingLine, measure.funding_line_id) if measure.funding_line_id else None
    worker = session.get(Worker, measure.worker_id) if measure.worker_id else None
    told = {
        "Place réservée le": measure.booked_on,
        "Ligne de financement": f"{line.code} {line.year}" if line else None,
        "Travailleur social": worker.code if worker else None,
        "Durée": f"{measure.months} mois",
        "Commencée le": measure.starts_on,
        "Fin prévue le": measure.planned_end_on,
        "Bail glissé le": measure.slid_on,
        "Terminée le": measure.ended_on,
        "Fin": opened.scheme.ends.get(measure.end, "fiche rappelée") if measure.end else None,
        "Veille sociale jusqu'au": measure.aftercare_until,
    }
    return [(label, value) for label, value in told.items() if value is not None]


def _papers(opened: Opened) -> list[tuple[str, list[tuple[str, date | None]]]]:
    """Documents that people sign, each party with the day it signed; an amendment once somebody signed one."""
    signed, parties = opened.story.signed(), opened.scheme.parties
    wanted = [
        code for code in SIGNED if parties.get(code) and (code in story.contracts(opened.scheme) or _is_begun(signed, code))
    ]
    return [(DOCUMENTS[code], [(PARTIES[party], signed.get((code, party))) for party in parties[code]]) for code in wanted]


def _is_begun(signed: Mapping[tuple[str, str], date], document: str) -> bool:
    return any(known == document for known, _ in signed)


def _reports(scheme: Scheme, detail: Detail) -> list[tuple[str, date, date | None]]:
    labels = {report.code: report.label for report in scheme.reports}
    return [(labels.get(report.kind, report.kind), report.due_on, report.filed_on) for report in detail.reports]
