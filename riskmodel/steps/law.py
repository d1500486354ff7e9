"""The law's night of a landlord: what the law says of its leases, frozen in the register, written as files."""

from collections import Counter
from datetime import date

from riskmodel import features, register
from riskmodel.law import Lease, Situation
from riskmodel.law.lists import STATUTORY
from riskmodel.law.situation import situation
from riskmodel.register import situations
from riskmodel.settings import Settings
from riskmodel.steps import law_facts, law_files, law_night, law_rows
from riskmodel.steps.score import read_features
from riskmodel.steps.source import source


def night(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Read the law on every lease that it may say something of at the end of `as_of`, from that night's features; counts of
    leases, of urgencies and of lines by statutory list.

    The register keeps the newest night alone, replaced in one transaction; each night has its files. The same night again changes
    nothing. Raises NothingKnown before the features, or when a statement does not make their balance.
    """
    known, _ = source(settings, landlord_id, as_of)
    rows = law_facts.concerned(read_features(settings.runs / landlord_id / as_of.isoformat() / "features.parquet"))
    found = law_night.read(law_facts.leases(known, as_of, rows), as_of)
    kept = law_rows.of_situations(found), law_rows.of_deadlines(found), law_rows.of_lists(found)
    law_files.write(settings, landlord_id, as_of, kept)
    with register.open_register(settings.register_url).begin() as session:
        situations.replace(session, landlord_id, as_of, *kept)
    listed = Counter(row.list for row in found.lists)
    return {"situations": len(found.read), "urgent": len(found.urgent), **{code: listed[code] for code in STATUTORY}}


def of_lease(settings: Settings, landlord_id: str, as_of: date, lease_id: str) -> tuple[Lease, Situation]:
    """One lease before the law at the end of any day, with the facts it was read from; raises NothingKnown when it is not in
    force that day."""
    known, _ = source(settings, landlord_id, as_of)
    row = features.read_account(known, as_of, lease_id).features
    (lease,) = law_facts.leases(known, as_of, {lease_id: row})
    return lease, situation(lease, as_of)
