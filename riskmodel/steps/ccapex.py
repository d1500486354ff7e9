"""CCAPEX dossiers of a landlord: frozen from its newest night, printed alone or packed with their session."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from riskmodel.ccapex import cases, sessions
from riskmodel.ccapex.cases import CaseView
from riskmodel.ccapex.sessions import SessionView
from riskmodel.ccapex.vocabulary import ATTENDANCE, SEATS
from riskmodel.documents import ccapex as paper
from riskmodel.documents.ccapex import Dossier, Household, Missing, Seat, Sitting
from riskmodel.documents.french import day
from riskmodel.errors import DocumentRefused, NothingKnown, SessionRefused
from riskmodel.register import situations
from riskmodel.settings import Settings, landlord
from riskmodel.steps import ccapex_facts, ccapex_known
from riskmodel.steps.people import identity

NOBODY = Household()


def newest_night(session: Session, landlord_id: str) -> date:
    """The night that dossiers are made from: the newest that the law was read on. Raises NothingKnown before the first."""
    night = situations.night(session, landlord_id)
    if night is None:
        raise NothingKnown(
            f"{landlord_id} : aucune nuit n'a encore lu la loi sur ce bailleur. Lancez une nuit, puis recommencez."
        )
    return night.as_of


def preview(session: Session, settings: Settings, case: CaseView) -> Dossier:
    """The dossier of a case: as it was frozen, else as it would be from the newest night."""
    if case.facts is not None:
        return cast(Dossier, case.facts)
    as_of = newest_night(session, case.landlord_id)
    known = ccapex_known.gather(settings, case.landlord_id, [case.lease_id], as_of)
    return ccapex_facts.dossier(session, settings, known[case.lease_id], case)


def freeze(session: Session, settings: Settings, wanted: Collection[CaseView], by: str, now: datetime) -> None:
    """Freeze the dossiers of these cases of one landlord from the newest night, all or none. Raises DocumentRefused, naming them,
    for those that lack a blocking piece."""
    if not wanted:
        return
    landlord_id = next(iter(wanted)).landlord_id
    as_of = newest_night(session, landlord_id)
    known = ccapex_known.gather(settings, landlord_id, [case.lease_id for case in wanted], as_of)
    made = {case.case_id: ccapex_facts.dossier(session, settings, known[case.lease_id], case) for case in wanted}
    _all_ready(made.values())
    for case_id, said in made.items():
        cases.freeze(session, case_id, cast(dict[str, Any], said), as_of, by, now)


def missing(session: Session, settings: Settings, case: CaseView) -> tuple[Missing, ...]:
    """What the dossier of a case lacks; its holders are not looked up."""
    return paper.missing(preview(session, settings, case))


def dossier_pdf(settings: Settings, case: CaseView, today: date, *, is_named: bool = True) -> bytes:
    """The frozen dossier as PDF; with the household's identity it is for the caller to log that it was read."""
    return paper.dossier(frozen(case), _who(settings, case, today) if is_named else NOBODY)


def dossier_json(case: CaseView) -> bytes:
    """The frozen dossier as JSON, without any name."""
    return paper.as_json(frozen(case))


def pack(session: Session, settings: Settings, session_id: int, today: date) -> bytes:
    """The whole session as one PDF, with the households' identities: for the caller to log."""
    return paper.packed(_sitting(session, settings, session_id, today, is_named=True))


def attendance(session: Session, settings: Settings, session_id: int, today: date) -> bytes:
    """The attendance sheet of a session."""
    return paper.attendance(_sitting(session, settings, session_id, today, is_named=False))


def table(session: Session, settings: Settings, session_id: int, today: date) -> bytes:
    """The order of a session as a workbook, without any name."""
    return paper.table(_sitting(session, settings, session_id, today, is_named=False))


def frozen(case: CaseView) -> Dossier:
    """The frozen facts of a case; raises DocumentRefused when they were not frozen."""
    if case.facts is None:
        raise DocumentRefused(
            f"Bail {case.lease_id} : le dossier n'est pas encore figé. Relisez-le, figez-le, puis redemandez-le."
        )
    return cast(Dossier, case.facts)


def _sitting(session: Session, settings: Settings, session_id: int, today: date, *, is_named: bool) -> Sitting:
    held = _held(session, session_id, today)
    standing = [case for case in cases.of_session(session, session_id) if not case.is_withdrawn]
    if lost := [case.lease_id for case in standing if case.facts is None]:
        raise DocumentRefused(f"Dossiers pas encore figés : {', '.join(lost)}. Figez-les, ou retirez-les de la séance.")
    declared, sat = landlord(settings, held.landlord_id), sessions.attendance(session, session_id)
    return Sitting(
        label=held.label,
        held_on=held.held_on,
        closes_on=held.closes_on,
        landlord=declared.name,
        is_synthetic=declared.is_synthetic,
        cases=tuple((frozen(case), _who(settings, case, today) if is_named else NOBODY) for case in standing),
        seats=tuple(Seat(label, ATTENDANCE.get(sat.get(code, ""), "")) for code, label in SEATS.items()),
    )


def _held(session: Session, session_id: int, today: date) -> SessionView:
    held = sessions.find(session, session_id, today)
    if held is None:
        raise SessionRefused(f"Séance n° {session_id} : inconnue. Rechargez la page des séances.")
    return held


def _who(settings: Settings, case: CaseView, today: date) -> Household:
    found = identity(settings, case.landlord_id, case.lease_id, today)
    names = tuple(
        f"{name}, naissance le {day(born)}" if born else name for name, born in zip(found.names, found.births, strict=True)
    )
    return Household(names=names, address=found.address, phones=found.phones, emails=found.emails)


def _all_ready(made: Collection[Dossier]) -> None:
    refused = []
    for said in made:
        try:
            paper.ready(said)
        except DocumentRefused as why:
            refused.append(str(why))
    if refused:
        raise DocumentRefused("\n".join(refused))
