"""`python -m benchmarks.allocation [--on 2026-11-22] [--weeks 3]`: 500 requests among 60 partners, written to `allocation.md`.

The exact allocation beside taking turns one by one (first line with room), on the same drawn weeks of the same run.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from benchmarks.allocation_week import week
from riskmodel.places.allocation import Request, allocate
from riskmodel.places.offers import LineLeft, Offer

REQUESTS, PARTNERS, LIMIT_SECONDS = 500, 60, 10.0


@dataclass(frozen=True)
class Told:
    """What one way to share out took, and how many it served by priority."""

    seconds: float
    cpu_seconds: float
    served: Counter[tuple[int, ...]]


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.allocation", description="Mesure le partage d'une semaine.")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="jour de la mesure ; à défaut ce jour")
    parser.add_argument("--weeks", type=int, default=3, help="nombre de semaines tirées")
    said = parser.parse_args()
    load, found = os.getloadavg()[0], []
    for seed in range(said.weeks):
        requests, offers = week(seed, REQUESTS, PARTNERS)
        found.append((measured(exactly, requests, offers), measured(in_turn, requests, offers)))
        print(seed, found[-1], flush=True)
    Path(__file__).with_suffix(".md").write_text(page(found, said.on, load), encoding="utf-8")


def exactly(requests: Sequence[Request], offers: Sequence[Offer]) -> set[int]:
    """Referrals served by the allocation."""
    return {one.referral_id for one in allocate(requests, offers).assigned}


def in_turn(requests: Sequence[Request], offers: Sequence[Offer]) -> set[int]:
    """Referrals served when each, in its turn, takes the first line with room and that partner's worker with the most time."""
    lines = {(o.organisation_id, o.scheme, line.line_id): line for o in offers for line in o.lines}
    rooms = {worker.worker_id: worker.room for offer in offers for worker in offer.workers}
    return {r.referral_id for r in sorted(requests, key=lambda r: r.rank) if _taken(r, offers, lines, rooms)}


def _taken(
    request: Request, offers: Sequence[Offer], lines: dict[tuple[int, str, int | None], LineLeft], rooms: dict[int, Fraction]
) -> bool:
    for offer in offers:
        if offer.scheme != request.scheme or not offer.covers(request.management_unit):
            continue
        for line in offer.lines:
            left, chosen = lines[key := (offer.organisation_id, offer.scheme, line.line_id)], _freest(offer, rooms)
            share = Fraction(1, line.households_per_worker or 1)
            if not replace(left, free_households=None).lacks(request.months) and rooms[chosen] >= share:
                lines[key], rooms[chosen] = _less(left, request.months), rooms[chosen] - share
                return True
    return False


def _freest(offer: Offer, rooms: dict[int, Fraction]) -> int:
    return max((worker.worker_id for worker in offer.workers), key=lambda number: rooms[number])


def _less(line: LineLeft, months: int) -> LineLeft:
    def minus(left: int | None, taken: int) -> int | None:
        return None if left is None else left - taken

    left = minus(line.measures_left, 1), minus(line.months_left, months), minus(line.places_left, 1)
    return replace(line, measures_left=left[0], months_left=left[1], places_left=left[2])


def measured(
    way: Callable[[Sequence[Request], Sequence[Offer]], set[int]], requests: Sequence[Request], offers: Sequence[Offer]
) -> Told:
    """One way to share a week out: its time, and whom it served."""
    began, worked = time.perf_counter(), time.process_time()
    served = way(requests, offers)
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - worked
    return Told(seconds, cpu_seconds, Counter(r.priority[:1] for r in requests if r.referral_id in served))


def page(found: Sequence[tuple[Told, Told]], on: date, load: float) -> str:
    """The page in Markdown; `load` is the load average before the first week: how much else the machine was doing."""
    rows = "\n".join(
        f"| {number} | {way} | {told.served[(0,)]} | {told.served[(1,)]} | {told.served.total()} | {told.seconds:.2f} "
        f"| {told.cpu_seconds:.2f} |"
        for number, pair in enumerate(found, 1)
        for way, told in zip(("exact", "in turn"), pair, strict=True)
    )
    wall, cpu = (max(getattr(exact, name) for exact, _ in found) for name in ("seconds", "cpu_seconds"))
    met = {name: "met" if took < LIMIT_SECONDS else "**not met**" for name, took in (("wall", wall), ("cpu", cpu))}
    return (
        f"# Allocation, {on.isoformat()}\n\n"
        f"Written by `python -m benchmarks.allocation`; synthetic weeks of {REQUESTS} requests among {PARTNERS} partners (two "
        f"schemes and two shared workers each, four lines, four to eight of 20 units), {os.cpu_count()} cores. Load average "
        f"before the first week: {load:.1f}; above 0.5, other work shared the machine: trust processor time.\n\n"
        "“In turn” is the alternative: each request, by priority and waiting time, takes the first line with room.\n\n"
        "| week | way | served, right about to be lost | served, others | served | wall s | cpu s |\n"
        f"|---:|---|---:|---:|---:|---:|---:|\n{rows}\n\n"
        f"Target, under {LIMIT_SECONDS:.0f} s for the exact allocation: {met['cpu']} by processor time (longest {cpu:.1f} s), "
        f"{met['wall']} by the clock of this run (longest {wall:.1f} s).\n"
    )


if __name__ == "__main__":
    main()
