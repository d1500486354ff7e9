"""What a session said of a case: recorded as a code for an addressee with a day, followed until it is done."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel import law
from riskmodel.ccapex import sessions
from riskmodel.ccapex.vocabulary import OPINIONS, SEATS
from riskmodel.errors import SessionRefused
from riskmodel.people.days import day_of
from riskmodel.register.models import CommissionCase, CommissionSession, Opinion


@dataclass(frozen=True)
class OpinionView:
    """An opinion as people see it; `is_late` on the day it was asked for, `is_undone` when it was taken back."""

    opinion_id: int
    case_id: int
    session_id: int
    landlord_id: str
    management_unit: str
    lease_id: str
    kind: str
    text: str
    scheme: str | None
    addressee: str
    held_on: date
    due_on: date
    done_on: date | None
    is_late: bool
    is_undone: bool


def kinds_on(held_on: date) -> tuple[str, ...]:
    """Kinds of opinion that a session of a day gives: one that rests on a text counts from its date of effect."""
    return tuple(kind for kind, said in OPINIONS.items() if said.law is None or _says(said.law, held_on))


def record(
    session: Session,
    case_id: int,
    kind: str,
    code: str,
    addressee: str,
    due_on: date,
    by: str,
    now: datetime,
    scheme: str | None = None,
) -> int:
    """Note what the session said of a case; its number. `scheme` names the orientation proposed.

    Raises SessionRefused, all faults at once: words outside the lists, before the session, a day before it, a kind that the law
    does not give it yet.
    """
    case, held = _placed(session, case_id)
    faults = [*_word_faults(kind, code, addressee), *_kind_faults(kind, scheme, held), *_day_faults(held, due_on, day_of(now))]
    if faults:
        raise SessionRefused("\n".join(faults))
    said = {"case_id": case.id, "kind": kind, "code": code, "scheme": scheme, "addressee": addressee, "due_on": due_on}
    row = Opinion(**said, recorded_at=now, recorded_by=by)
    session.add(row)
    session.flush()
    return row.id


def done(session: Session, opinion_id: int, on_day: date, by: str, now: datetime) -> None:
    """Note the day on which an opinion was followed; raises SessionRefused for a day to come, or an opinion taken back."""
    row = _standing(session, opinion_id)
    if on_day > day_of(now):
        raise SessionRefused(f"Le {on_day:%d/%m/%Y} n'est pas encore venu : notez le jour où la suite a été donnée.")
    row.done_on, row.done_by = on_day, by
    session.flush()


def not_done(session: Session, opinion_id: int) -> None:
    """Take back that an opinion was followed."""
    row = _standing(session, opinion_id)
    row.done_on = row.done_by = None
    session.flush()


def undo(session: Session, opinion_id: int, by: str, now: datetime) -> None:
    """Take an opinion back, as noted by mistake; it stays in the history."""
    row = _standing(session, opinion_id)
    row.undone_at, row.undone_by = now, by
    session.flush()


def of_session(session: Session, session_id: int, today: date) -> list[OpinionView]:
    """Everything a session said, in the order of its cases, what was taken back included."""
    return _views(session, (CommissionSession.id == session_id,), today)


def following(session: Session, landlord_ids: Collection[str], today: date) -> list[OpinionView]:
    """What these landlords' sessions said and nobody has followed yet, the oldest day first."""
    open_ones = (Opinion.done_on.is_(None), Opinion.undone_at.is_(None), CommissionSession.landlord_id.in_(tuple(landlord_ids)))
    return sorted(_views(session, open_ones, today), key=lambda one: (one.due_on, one.opinion_id))


def _views(session: Session, conditions: tuple[object, ...], today: date) -> list[OpinionView]:
    rows = (
        select(Opinion, CommissionCase, CommissionSession.held_on)
        .join(CommissionCase, CommissionCase.id == Opinion.case_id)
        .join(CommissionSession, CommissionSession.id == CommissionCase.session_id)
    )
    ordered = rows.where(*conditions).order_by(CommissionCase.position, Opinion.id)  # type: ignore[arg-type]
    return [_view(opinion, case, held_on, today) for opinion, case, held_on in session.execute(ordered)]


def _view(row: Opinion, case: CommissionCase, held_on: date, today: date) -> OpinionView:
    kind, is_undone = OPINIONS[row.kind], row.undone_at is not None
    return OpinionView(
        opinion_id=row.id, case_id=case.id, session_id=case.session_id, landlord_id=case.landlord_id,
        management_unit=case.management_unit, lease_id=case.lease_id, kind=kind.label, text=kind.codes[row.code],
        scheme=row.scheme, addressee=SEATS[row.addressee], held_on=held_on, due_on=row.due_on, done_on=row.done_on,
        is_late=row.done_on is None and not is_undone and row.due_on < today, is_undone=is_undone,
    )  # fmt: skip


def _placed(session: Session, case_id: int) -> tuple[CommissionCase, CommissionSession]:
    case = session.get(CommissionCase, case_id)
    if case is None or case.withdrawn_at is not None:
        raise SessionRefused(f"Dossier n° {case_id} : absent de la séance. Rechargez-la.")
    return case, sessions.prepared(session, case.session_id)


def _standing(session: Session, opinion_id: int) -> Opinion:
    row = session.get(Opinion, opinion_id, with_for_update=True, populate_existing=True)
    if row is None or row.undone_at is not None:
        raise SessionRefused(f"Avis n° {opinion_id} : inconnu ou annulé. Rechargez la page.")
    return row


def _word_faults(kind: str, code: str, addressee: str) -> Iterator[str]:
    known = OPINIONS.get(kind)
    if known is None:
        yield f"« {kind} » n'est pas une nature d'avis. Choisissez parmi : {', '.join(OPINIONS)}."
        return
    if code not in known.codes:
        yield f"« {code} » n'est pas un contenu pour : {known.label}. Choisissez parmi : {', '.join(known.codes)}."
    if addressee not in known.addressees:
        yield f"« {addressee} » ne peut recevoir : {known.label}. Destinataires : {', '.join(known.addressees)}."


def _kind_faults(kind: str, scheme: str | None, held: CommissionSession) -> Iterator[str]:
    if kind in OPINIONS and kind not in kinds_on(held.held_on):
        yield f"Le {held.held_on:%d/%m/%Y}, la commission ne prend pas de {OPINIONS[kind].label} : la CAF ou la MSA décide."
    if (kind == "orientation") != (scheme is not None):
        yield "Une orientation nomme un dispositif ; un autre avis n'en nomme pas."


def _day_faults(held: CommissionSession, due_on: date, today: date) -> Iterator[str]:
    if today < held.held_on:
        yield f"La séance se tient le {held.held_on:%d/%m/%Y} : ses avis se notent à partir de ce jour."
    if due_on < held.held_on:
        yield f"Échéance {due_on:%d/%m/%Y} : donnez un jour à partir de la séance."


def _says(known: Mapping[str, str], on: date) -> bool:
    return law.asked(known["code"], on).value == known["value"]
