"""What waits for a partner's people, on the home page and in their own pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from riskmodel.access.policy import Action, places
from riskmodel.errors import NothingKnown
from riskmodel.steps import partnering
from riskmodel.steps.partnering import Partner, Received
from riskmodel.steps.received import is_in
from riskmodel.web.routing import Asked

WAITING = ("en_retard", "a_repondre", "a_contacter")
"""Tabs of what waits for somebody, the most pressing first."""


@dataclass(frozen=True)
class Waiting:
    """One organisation of the viewer: how many of its referrals are in each tab, and those that wait, each once."""

    partner: Partner
    counts: Mapping[str, int]
    rows: Sequence[Received]


def mine(asked: Asked) -> tuple[Partner, ...]:
    """The organisations that the viewer works for and that are open, by name."""
    found = [_open(asked, place.organisation_id) for place in places(asked.viewer, Action.PARTNER_VIEW)]
    return tuple(sorted((partner for partner in found if partner), key=lambda partner: partner.name))


def waiting(asked: Asked) -> tuple[Waiting, ...] | None:
    """What waits in each of the viewer's organisations; None for somebody who works for none."""
    if not places(asked.viewer, Action.PARTNER_VIEW):
        return None
    return tuple(_waiting(asked, partner) for partner in mine(asked))


def address(partner: Partner) -> str:
    """Where an organisation's pages are."""
    return f"/association/{partner.organisation_id}"


def _waiting(asked: Asked, partner: Partner) -> Waiting:
    everything = partnering.listed(asked.session, asked.settings, partner.organisation_id, asked.today)
    by_tab = {tab: [one for one in everything if is_in(one, tab)] for tab in partnering.TABS}
    rows = dict.fromkeys(one for tab in WAITING for one in by_tab[tab])
    return Waiting(partner, {tab: len(found) for tab, found in by_tab.items()}, tuple(rows))


def _open(asked: Asked, organisation_id: int | None) -> Partner | None:
    if organisation_id is None:
        return None
    try:
        return partnering.partner(asked.session, asked.settings, organisation_id)
    except NothingKnown:
        return None
