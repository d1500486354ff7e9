"""A week of requests and partners drawn from a seed, tighter than the requests ask for. Synthetic."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from riskmodel.places.allocation import Request
from riskmodel.places.offers import LineLeft, Offer, WorkerLeft, households

MONDAY = date(2026, 11, 23)
UNITS = tuple(f"{rank:02}" for rank in range(1, 21))
NORMS = {"mediation": 16, "bail_de_sauvegarde": 16, "bail_de_securisation": 20, "asll_maintien": 25, "avdl": 20}
MONTHS = {"mediation": (3,), "bail_de_sauvegarde": (6, 12), "bail_de_securisation": (12, 18), "asll_maintien": (6,), "avdl": (3,)}


def week(seed: int, requests: int, partners: int) -> tuple[list[Request], list[Offer]]:
    """Requests of three urgencies that have waited up to ninety days, and partners for four to eight units each."""
    draw = Random(seed)
    asked = [_request(draw, number) for number in range(1, requests + 1)]
    return asked, [offer for number in range(1, partners + 1) for offer in _partner(draw, number, requests / partners)]


def _request(draw: Random, number: int) -> Request:
    scheme = draw.choice(list(NORMS))
    priority = (draw.choices((0, 1), (1, 4))[0], draw.randint(1, 3))
    since = MONDAY - timedelta(days=draw.randint(0, 90))
    return Request(number, scheme, draw.choice(UNITS), draw.choice(MONTHS[scheme]), priority, since)


def _partner(draw: Random, number: int, each: float) -> list[Offer]:
    """Two schemes a partner, the same workers for both; the time and the lines for about four fifths of what is asked."""
    units = tuple(sorted(draw.sample(UNITS, draw.randint(4, 8))))
    workers = tuple(
        WorkerLeft(10 * number + rank, f"ts.{rank}", Fraction(draw.randint(5, 12 + int(2 * each)), 100)) for rank in (1, 2)
    )
    return [_offer(draw, number, scheme, units, workers) for scheme in draw.sample(list(NORMS), 2)]


def _offer(draw: Random, number: int, scheme: str, units: tuple[str, ...], workers: tuple[WorkerLeft, ...]) -> Offer:
    norm = NORMS[scheme]
    free = households(workers, norm)
    lines = tuple(
        LineLeft(100 * number + 10 * list(NORMS).index(scheme) + rank, code, 2026, *_limits(draw, scheme), norm, free)
        for rank, code in enumerate(("a", "b"))
    )
    return Offer(number, scheme, units, free, lines, workers)


def _limits(draw: Random, scheme: str) -> tuple[int | None, int | None, int | None]:
    measures = draw.randint(1, 5)
    months = measures * max(MONTHS[scheme]) - draw.randint(0, 6)
    return measures, draw.choice((months, None)), draw.choice((draw.randint(1, 5), None))
