"""One referral as its partner's page shows it: the fiche, what to do, and a history told in words."""

from typing import Any

from riskmodel.access.policy import Action, may
from riskmodel.places.stock import workers_left
from riskmodel.referrals.states import SENT
from riskmodel.register.models import Worker
from riskmodel.schemes import DOCUMENTS, PARTIES, Scheme
from riskmodel.steps import orientation, partnering
from riskmodel.steps.orientation import Offered
from riskmodel.steps.partnering import Partner, Seen
from riskmodel.web import moves_form
from riskmodel.web.moves_told import told
from riskmodel.web.routing import Asked

RECALLED = (
    "Le bailleur a rappelé les faits transmis, parce que le ménage a fait valoir un droit. La mesure signée continue ; "
    "ne vous servez plus de ces faits et détruisez-en toute copie."
)
CLOSED = "L’orientation est close : sa fiche ne se lit plus."
ENDED = "La convention qui permettait de lire cette fiche n’est plus en vigueur. Voyez avec le bailleur."


def shown(asked: Asked, organisation_id: int, referral_id: int) -> dict[str, Any]:
    """What templates/partners/referral.html needs, beside the frame and the fault of a refused move."""
    partner = partnering.partner(asked.session, asked.settings, organisation_id)
    seen = partnering.seen(asked.session, asked.settings, organisation_id, referral_id, asked.today)
    scheme = partner.schemes[seen.head.scheme]
    standing = [act for act in seen.acts if not act.is_undone]
    return {
        "seen": seen,
        "head": seen.head,
        "forms": moves_form.forms(seen.moves, _offered(asked, partner, scheme, seen)) if _may_act(asked, partner) else (),
        "last": standing[-1] if standing and seen.can_undo and _may_act(asked, partner) else None,
        "acts": [(act, told(asked.session, scheme, act.code, act.details)) for act in reversed(seen.acts)],
        "no_fiche": None if seen.fiche else _why_no_fiche(seen),
        "worker": _worker(asked, seen),
        "end": scheme.ends.get(seen.measure.end or "") if seen.measure else None,
        "signatures": [(DOCUMENTS[one.document], PARTIES[one.party], one.signed_on) for one in seen.signatures],
        "reports": _reports(scheme, seen),
        "documents": _documents(asked, partner, referral_id),
        "may_identify": seen.shows_identity and may(asked.viewer, Action.PARTNER_IDENTITY, partner.place),
    }


def _may_act(asked: Asked, partner: Partner) -> bool:
    return may(asked.viewer, Action.PARTNER_ACT, partner.place)


def _documents(asked: Asked, partner: Partner, referral_id: int) -> tuple[Offered, ...]:
    if not _may_act(asked, partner):
        return ()
    return orientation.kinds(asked.session, asked.settings, referral_id, today=asked.today, side="association")


def _offered(asked: Asked, partner: Partner, scheme: Scheme, seen: Seen) -> moves_form.Offered:
    """The workers who are there today, and the reports that are awaited."""
    names = {name for move in seen.moves for name in move.may}
    found = {"due_on": moves_form.awaited(scheme, seen.reports)}
    if "worker_id" in names and scheme.uses_place:
        where = (asked.session, partner.landlord_id, partner.schemes, asked.today, partner.organisation_id, asked.today)
        found["worker_id"] = {str(worker.worker_id): worker.code for worker in workers_left(*where)}
    return found


def _worker(asked: Asked, seen: Seen) -> str | None:
    row = asked.session.get(Worker, seen.measure.worker_id) if seen.measure and seen.measure.worker_id else None
    return row.code if row else None


def _why_no_fiche(seen: Seen) -> str:
    if seen.head.state not in SENT:
        return CLOSED
    return RECALLED if any(act.code == "recall_facts" for act in seen.acts) else ENDED


def _reports(scheme: Scheme, seen: Seen) -> list[tuple[str, Any]]:
    labels = {report.code: report.label for report in scheme.reports}
    return [(labels.get(report.kind, report.kind), report) for report in seen.reports]
