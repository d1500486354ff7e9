"""Avis aux partenaires: one message a partner that something waits for it, with a link and nobody's name.

Notices are written with the moves that call for them and kept until they were sent. A message goes out before its notices are
marked: cut in between, the next run sends it again under the same Message-ID, by which mail programs know it.
"""

import hashlib
import smtplib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from riskmodel.documents.notice import text
from riskmodel.errors import RunIncomplete, SettingsError
from riskmodel.register import open_register
from riskmodel.register.models import Grant, Notice, Organisation, Referral, User
from riskmodel.settings import Settings, Smtp, landlord
from riskmodel.steps import coverage, mail
from riskmodel.steps.calendar import as_of_night

STEP = "notices"
RUN = (STEP,)


@dataclass(frozen=True)
class Waiting:
    """What one partner is to be told: the notices by kind, and the addresses of its people."""

    organisation_id: int
    partner: str
    notices: tuple[int, ...]
    kinds: Mapping[str, int]
    addresses: tuple[str, ...]


def waiting(session: Session, landlord_id: str) -> list[Waiting]:
    """What waits to be sent to each open partner of a landlord."""
    rows = session.execute(
        select(Notice, Organisation)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.sent_at.is_(None), Organisation.landlord_id == landlord_id, Organisation.is_active)
        .order_by(Organisation.id, Notice.id)
    )
    found: dict[int, tuple[Organisation, list[Notice]]] = {}
    for notice, organisation in rows:
        found.setdefault(organisation.id, (organisation, []))[1].append(notice)
    return [_waiting(session, organisation, notices) for organisation, notices in found.values()]


def send(settings: Settings, landlord_id: str, now: datetime) -> dict[str, int]:
    """Send what waits, a message a partner; a notice that was answered meanwhile is closed without one. Counts back.

    Raises RunIncomplete, once all were tried, for partners whom no message reached: their notices go on waiting. Without a mail
    server nothing is sent and nothing is lost.
    """
    sessions = open_register(settings.register_url)
    with sessions.begin() as session:
        settled = _settle(session, landlord_id, now)
        found = waiting(session, landlord_id)
    if settings.smtp is None:
        return {"messages": 0, "waiting": sum(len(one.notices) for one in found), "settled": settled}
    unreached = [fault for one in found if (fault := _sent(settings, settings.smtp, landlord_id, one, now))]
    if unreached:
        raise RunIncomplete("Avis non envoyés, ils attendent le prochain envoi :\n" + "\n".join(unreached))
    return {"messages": len(found), "waiting": 0, "settled": settled}


def send_scheduled(settings: Settings, landlord_id: str, scheduled_for: datetime | None) -> dict[str, int]:
    """Send as a scheduler does, noted like the other steps; raises SettingsError for a run without a logical date."""
    as_of = as_of_night(scheduled_for)

    def sent(settings: Settings, landlord_id: str, _as_of: Any) -> dict[str, int]:
        assert scheduled_for is not None
        return send(settings, landlord_id, scheduled_for)

    return coverage.recorded(settings, landlord_id, as_of, STEP, sent)


def message(settings: Settings, landlord_id: str, one: Waiting, now: datetime) -> EmailMessage:
    """The message of one partner; the same notices give the same Message-ID."""
    if settings.smtp is None or settings.public_url is None:
        raise SettingsError("Avis par courriel : donnez VIGIE_SMTP_URL, VIGIE_MAIL_FROM et VIGIE_URL (docs/exploitation.md).")
    declared = landlord(settings, landlord_id)
    link = f"{settings.public_url}/association/{one.organisation_id}"
    subject, body = text(one.partner, declared.name, one.kinds, link, is_synthetic=declared.is_synthetic)
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, settings.smtp.sender, ", ".join(one.addresses)
    made["Date"] = format_datetime(now)
    digest = hashlib.sha256(",".join(str(number) for number in one.notices).encode()).hexdigest()[:24]
    made["Message-ID"] = f"<avis-{one.organisation_id}-{digest}@{urlsplit(settings.public_url).hostname}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(body, cte="quoted-printable")
    return made


def _waiting(session: Session, organisation: Organisation, notices: Sequence[Notice]) -> Waiting:
    people = select(User.email).join(Grant).where(Grant.organisation_id == organisation.id, User.is_active)
    addresses = sorted({email for email in session.scalars(people) if email}) or [organisation.email or ""]
    return Waiting(
        organisation_id=organisation.id,
        partner=organisation.name,
        notices=tuple(notice.id for notice in notices),
        kinds=dict(Counter(notice.kind for notice in notices)),
        addresses=tuple(filter(None, addresses)),
    )


def _settle(session: Session, landlord_id: str, now: datetime) -> int:
    """Close notices of referrals that no longer wait for an answer, so that nobody is called for nothing; how many."""
    answered = select(Referral.id).where(Referral.landlord_id == landlord_id, Referral.state != "sent")
    stale = select(Notice.id).where(Notice.sent_at.is_(None), Notice.kind == "new", Notice.referral_id.in_(answered))
    numbers = session.scalars(stale).all()
    session.execute(update(Notice).where(Notice.id.in_(numbers)).values(sent_at=now))
    return len(numbers)


def _sent(settings: Settings, smtp: Smtp, landlord_id: str, one: Waiting, now: datetime) -> str | None:
    """Send one message and mark its notices; why not, when it did not leave."""
    if not one.addresses:
        return f"  - {one.partner} : aucun compte actif n'y a d'adresse. Invitez quelqu'un, ou donnez l'adresse du service."
    try:
        mail.send(smtp, message(settings, landlord_id, one, now))
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        return f"  - {one.partner} : le serveur de courrier {smtp.host} n'a pas pris le message ({type(fault).__name__})."
    with open_register(settings.register_url).begin() as session:
        session.execute(update(Notice).where(Notice.id.in_(one.notices)).values(sent_at=now))
    return None
