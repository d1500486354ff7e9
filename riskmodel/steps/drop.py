"""Referrals exchanged by signed files, for a partner without software: what waits for it, written; what it answers, read.

docs/depot.md tells the two formats. Nothing is kept of a file but the moves it made: reading it again changes nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel import settings as where
from riskmodel.access.policy import Action
from riskmodel.errors import DeliveryRefused, NothingKnown, VigieError
from riskmodel.people.days import day_of
from riskmodel.referrals.states import SENT
from riskmodel.register import open_register, organisations
from riskmodel.register.models import Transition
from riskmodel.settings import Settings
from riskmodel.steps import partner_json, partnering, seals

SENT_FORMAT, ANSWERED_FORMAT = "vigie-orientations/1", "vigie-reponses/1"
KEYS = ("referral", "code", "on_day", "details")
LARGEST = 5_000_000
"""Bytes of the largest file of answers: a thousand times what a partner answers in a month."""


@dataclass(frozen=True)
class Answer:
    """One line of a file of answers, as it was written."""

    number: int
    referral_id: int
    code: str
    on_day: date
    details: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What two lines that say the same have in common."""
        return json.dumps([self.referral_id, self.code, self.on_day.isoformat(), self.details], sort_keys=True)


@dataclass(frozen=True)
class Read:
    """What became of a file: moves made, lines that had been made before, and what is wrong with the others, by line."""

    made: int
    before: int
    faults: tuple[str, ...]


def write(settings: Settings, landlord_id: str, partner: str, now: datetime) -> Path:
    """Write and sign what is open for a partner, in place of the former file; each fiche in it is noted in the access log."""
    place = settings.outputs / landlord_id / "partenaires" / seals.named(partner)
    with open_register(settings.register_url).begin() as session:
        organisation_id = _organisation(session, landlord_id, partner)
        referrals = list(_open(session, settings, organisation_id, day_of(now)))
        for one in referrals:
            if one["fiche"] is not None:
                partnering.note(session, f"depot:{partner}", Action.PARTNER_VIEW, one["id"], now)
    told = {"format": SENT_FORMAT, "landlord": landlord_id, "partner": partner, "on": day_of(now).isoformat()}
    synthetic = {"synthetic": where.landlord(settings, landlord_id).is_synthetic}
    content = json.dumps(told | synthetic | {"referrals": referrals}, ensure_ascii=False, indent=1).encode() + b"\n"
    place.mkdir(parents=True, exist_ok=True)
    file = place / "orientations.json"
    file.write_bytes(content)
    (place / "orientations.json.sig").write_bytes(seals.signed(settings, landlord_id, content))
    (place / "vigie.pub.pem").write_bytes(seals.own(settings, landlord_id).read_bytes())
    return file


def read(settings: Settings, landlord_id: str, partner: str, file: Path, now: datetime) -> Read:
    """Make the moves of a file that a partner signed, in its order: good lines are kept whatever the others are worth.

    Raises DeliveryRefused for a file that is not the partner's, or not of the form, every fault of it at once.
    """
    content, signature = _bytes(file), _bytes(file.with_name(f"{file.name}.sig"))
    seals.check(settings, landlord_id, partner, content, signature)
    lines = _lines(content, landlord_id, partner)
    answers, odd = [line for line in lines if isinstance(line, Answer)], [line for line in lines if isinstance(line, str)]
    with open_register(settings.register_url).begin() as session:
        organisation_id = _organisation(session, landlord_id, partner)
        fresh = list(_fresh(session, answers, f"depot:{partner}"))
        found = [_made(session, settings, organisation_id, answer, f"depot:{partner}", now) for answer in fresh]
    refused = [fault for fault in found if fault]
    return Read(len(fresh) - len(refused), len(answers) - len(fresh), (*odd, *refused))


def _open(session: Session, settings: Settings, organisation_id: int, today: date) -> Iterator[dict[str, Any]]:
    """Open referrals by number; the fiche of those that wait for an answer, and of no other."""
    found = partnering.listed(session, settings, organisation_id, today)
    for one in sorted(found, key=lambda one: one.referral_id):
        if one.state in SENT:
            told = partner_json.whole(partnering.seen(session, settings, organisation_id, one.referral_id, today))
            yield told if one.state == "sent" else told | {"fiche": None}


def _fresh(session: Session, answers: list[Answer], by: str) -> Iterator[Answer]:
    """Lines that were not made before: as many of those that say the same as there are more of them than moves."""
    seen: Counter[str] = Counter()
    for answer in answers:
        seen[answer.key] += 1
        if seen[answer.key] > _times(session, answer, by):
            yield answer


def _times(session: Session, answer: Answer, by: str) -> int:
    rows = session.scalars(
        select(Transition).filter_by(referral_id=answer.referral_id, code=answer.code, on_day=answer.on_day, by=by)
    )
    return sum(answer.details.items() <= {name: row.details.get(name) for name in answer.details}.items() for row in rows)


def _made(session: Session, settings: Settings, organisation_id: int, answer: Answer, by: str, now: datetime) -> str | None:
    """Make one move, or say why not."""
    place = (session, settings, organisation_id, answer.referral_id)
    try:
        with session.begin_nested():
            partnering.act(*place, answer.code, by=by, now=now, on_day=answer.on_day, details=answer.details)
            partnering.note(session, by, Action.PARTNER_ACT, answer.referral_id, now)
    except VigieError as refused:
        return f"Ligne {answer.number}, orientation n° {answer.referral_id} : " + " ".join(str(refused).splitlines())
    return None


def _organisation(session: Session, landlord_id: str, partner: str) -> int:
    known = {row.code: row.id for row in organisations.partners(session, landlord_id) if row.is_active}
    if partner not in known:
        raise NothingKnown(
            f"{partner} : aucun partenaire ouvert de {landlord_id} n'a ce code. Codes : {', '.join(known) or 'aucun'}."
        )
    return known[partner]


def _bytes(file: Path) -> bytes:
    if not file.is_file() or file.stat().st_size > LARGEST:
        raise DeliveryRefused(
            f"{file.name} : absent, ou de plus de 5 Mo. Un dépôt est un fichier, et sa signature à côté (.sig)."
        )
    return file.read_bytes()


def _lines(content: bytes, landlord_id: str, partner: str) -> list[Answer | str]:
    """Each line, or what is wrong with it; raises DeliveryRefused when the whole is not of the form."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise DeliveryRefused(f"Fichier signé, mais illisible ({type(fault).__name__}) : attendu du JSON en UTF-8.") from fault
    expected = {"format": ANSWERED_FORMAT, "landlord": landlord_id, "partner": partner}
    found = said if isinstance(said, dict) else {}
    faults = [
        f"« {key} » : lu {found.get(key)!r}, attendu « {value} »." for key, value in expected.items() if found.get(key) != value
    ]
    if not isinstance(found.get("answers"), list):
        faults.append("« answers » : attendu une liste de lignes.")
    if faults:
        raise DeliveryRefused("Fichier signé, mais pas de la forme d'un dépôt (docs/depot.md) :\n" + "\n".join(faults))
    return [_answer(number, line) for number, line in enumerate(found["answers"], 1)]


def _answer(number: int, line: Any) -> Answer | str:
    known = line if isinstance(line, dict) else {}
    referral, code, details, day = (known.get(key) for key in ("referral", "code", "details", "on_day"))
    faults = [f"« {key} » n'est pas attendu" for key in known if key not in KEYS]
    if type(referral) is not int or not 0 < referral < 2**31:
        faults.append("« referral » : attendu le numéro de l'orientation")
    if not isinstance(code, str):
        faults.append("« code » : attendu le code d'une étape")
    if not isinstance(details, dict | None):
        faults.append("« details » : attendu un objet")
    on_day = _day(day)
    if on_day is None:
        faults.append(f"« on_day » : lu {day!r}, attendu AAAA-MM-JJ")
    if faults or on_day is None:
        return f"Ligne {number} : {' ; '.join(faults)}."
    return Answer(number, int(str(referral)), str(code), on_day, details or {})


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
