"""An edited workbook against what is decided: what it adds, what it repeats, what it contradicts, what cannot be read.

Nothing is overwritten unless somebody accepts it, row by row.
"""

import json
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from riskmodel.casework.decisions import Decided, decide, standing, undo
from riskmodel.casework.filled import Answer, answers, day, known, said
from riskmodel.casework.key import ListKey, monday_of
from riskmodel.casework.workbooks import Edited, Fault, edited
from riskmodel.errors import DecisionRefused
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import FrozenList
from riskmodel.weekly.identity import fingerprint, list_id


@dataclass(frozen=True)
class Conflict:
    """The workbook says one thing and the register another: both, side by side."""

    answer: Answer
    decided: Decided


@dataclass(frozen=True)
class Returned:
    """An edited workbook sorted out: answers about rows nobody decided on, answers that stand already, contradictions, and what
    could not be read."""

    new: tuple[Answer, ...]
    same: tuple[Answer, ...]
    conflicts: tuple[Conflict, ...]
    faults: tuple[Fault, ...]


def key_of(workbook: bytes) -> ListKey:
    """The list that a workbook says it answers; raises DecisionRefused when it does not say."""
    landlord_id, _, rest = (edited(workbook).identity["list"] or "").partition("/")
    unit, _, week = rest.rpartition("/")
    if not (landlord_id and unit and week):
        raise _unsigned()
    return ListKey(landlord_id, week, unit)


def packed(returned: Returned) -> str:
    """What a workbook answers and what it contradicts, as a text that a page may hold from the comparison to its acceptance."""
    found = (*returned.new, *returned.same, *(conflict.answer for conflict in returned.conflicts))
    seen = {conflict.decided.lease_id: _trace(conflict.decided) for conflict in returned.conflicts}
    return json.dumps({"answers": [asdict(answer) for answer in found], "seen": seen}, default=date.isoformat)


def unpacked(session: Session, key: ListKey, text: str) -> Returned:
    """The same answers, compared with what is decided by now.

    Raises DecisionRefused for a text that `packed` did not write, and where a decision that the answers contradict is no longer
    the one that was seen: nobody accepts to replace what they have not read.
    """
    try:
        told = json.loads(text)
        found = [known(Answer(**answer | {"paused_until": day(answer["paused_until"])})) for answer in told["answers"]]
        returned = _sorted_out(session, key, found, ())
        changed = [
            one.decided.lease_id for one in returned.conflicts if told["seen"].get(one.decided.lease_id) != _trace(one.decided)
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise DecisionRefused("Ces réponses ne peuvent pas être relues. Déposez le classeur une nouvelle fois.") from fault
    if changed:
        raise DecisionRefused(
            f"{key} : depuis la comparaison, quelqu'un a décidé sur {', '.join(changed)}. Déposez le classeur une nouvelle fois."
        )
    return returned


def _trace(decided: Decided) -> list[str | None]:
    """Which decision was seen."""
    return [decided.code, decided.decided_by, decided.decided_at.isoformat() if decided.decided_at else None]


def compare(session: Session, key: ListKey, workbook: bytes) -> Returned:
    """Sort out what an edited « liste.xlsx » answers; nothing is written. Raises DecisionRefused for a file that is no workbook,
    that answers another list, or that was made from facts which are not those of the list any more."""
    book = edited(workbook)
    frozen = _same_list(session, key, book)
    shown = {row.lease_id for row in frozen.rows}
    found, faults = answers(book.lines, shown, monday_of(key.week))
    return _sorted_out(session, key, found, (*book.faults, *faults))


def apply(session: Session, key: ListKey, returned: Returned, accepted: Set[str], by: str, now: datetime) -> int:
    """Record the new answers, and of the contradictions those whose lease is `accepted`: the former decision is taken back first.
    How many were recorded. Raises DecisionRefused naming every row that cannot be, and then nothing may be kept of it."""
    replaced = [conflict.answer for conflict in returned.conflicts if conflict.answer.lease_id in accepted]
    refusals = []
    for answer in (*returned.new, *replaced):
        try:
            if answer in replaced:
                undo(session, key, answer.lease_id, by, now)
            decide(
                session, key, answer.lease_id, answer.code, reason=answer.reason, paused_until=answer.paused_until, by=by, now=now
            )
        except DecisionRefused as refusal:
            refusals.append(f"Feuille « {answer.sheet} », ligne {answer.line} : {refusal}")
    if refusals:
        raise DecisionRefused("\n".join(refusals))
    return len(returned.new) + len(replaced)


def _same_list(session: Session, key: ListKey, book: Edited) -> FrozenList:
    claimed = book.identity
    frozen = thaw(session, key.landlord_id, key.management_unit, key.week)
    if frozen is None:
        raise DecisionRefused(f"{key} : aucune liste figée. Choisissez la page de la liste que ce classeur répond.")
    if claimed["list"] is None or claimed["version"] is None:
        raise _unsigned()
    if claimed["list"] != list_id(frozen):
        raise DecisionRefused(
            f"Ce classeur répond à la liste « {claimed['list']} » ; la liste ouverte est « {list_id(frozen)} ». "
            "Déposez-le sur la page de sa liste, ou reprenez le classeur de celle-ci."
        )
    if claimed["version"] != fingerprint(frozen):
        raise DecisionRefused(
            f"Ce classeur a été fait sur d'autres faits que ceux de la liste « {list_id(frozen)} » : elle a été refaite depuis "
            f"(empreinte du classeur {claimed['version'][:12]}, de la liste {fingerprint(frozen)[:12]}). "
            "Exportez la liste de nouveau et reportez-y vos réponses : les faits ont pu changer."
        )
    return frozen


def _unsigned() -> DecisionRefused:
    return DecisionRefused(
        "Ce classeur ne dit pas à quelle liste il répond, ni sur quels faits. Repartez du fichier « liste.xlsx » de la semaine "
        "et gardez sa première feuille."
    )


def _sorted_out(session: Session, key: ListKey, found: Sequence[Answer], faults: tuple[Fault, ...]) -> Returned:
    known = standing(session, key)
    met = [Conflict(answer, known[answer.lease_id]) for answer in found if answer.lease_id in known]
    return Returned(
        new=tuple(answer for answer in found if answer.lease_id not in known),
        same=tuple(one.answer for one in met if said(one.answer) == said(one.decided)),
        conflicts=tuple(one for one in met if said(one.answer) != said(one.decided)),
        faults=faults,
    )
