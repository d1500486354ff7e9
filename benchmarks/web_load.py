"""People at work on a web server: each has a connection of their own, reads a list, then households of it, again and again."""

import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from benchmarks.web_register import Visitor

PAGES = ("list", "household")
Latencies = dict[str, list[float]]
"""Milliseconds from asking to the last byte, by kind of page."""
Visit = tuple[str, str]
"""A kind of page and its address."""

QUESTIONS = ("", "?onglet=urgence", "?onglet=derive&tri=dette", "?onglet=derive&suivi=a_decider", "?onglet=ecarte&tri=age")
HOUSEHOLDS_A_LIST = 4


def walk(visitor: Visitor, seed: int) -> Iterator[Visit]:
    """The pages that somebody opens one after the other."""
    chance = random.Random(seed)
    while True:
        yield "list", visitor.address + chance.choice(QUESTIONS)
        for _ in range(HOUSEHOLDS_A_LIST):
            yield "household", f"{visitor.address}/{chance.choice(visitor.leases)}"


def load(port: int, cookie: str, walks: Sequence[tuple[str, Iterator[Visit]]], seconds: float, think: float) -> Latencies:
    """What everybody waited for, all at once for `seconds`, each pausing about `think` seconds between two pages.

    Each walk comes with the value of the cookie named `cookie`. Raises RuntimeError at any answer that is not a page.
    """
    found: Latencies = {kind: [] for kind in PAGES}
    with ThreadPoolExecutor(len(walks)) as pool:
        told = [
            pool.submit(_visit, port, f"{cookie}={value}", visits, seconds, think, random.Random(seed))
            for seed, (value, visits) in enumerate(walks)
        ]
        for one in told:
            for kind, milliseconds in one.result():
                found[kind].append(milliseconds)
    return found


def get(port: int, cookie: str, value: str, address: str) -> bytes:
    """One page."""
    return _page(HTTPConnection("127.0.0.1", port, timeout=60), f"{cookie}={value}", address)


def _visit(
    port: int, cookie: str, visits: Iterator[Visit], seconds: float, think: float, chance: random.Random
) -> list[tuple[str, float]]:
    """People do not all begin at once, nor pause alike: a pause lasts from half to one and a half times `think`."""
    found: list[tuple[str, float]] = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    limit = time.monotonic() + seconds
    time.sleep(think * chance.random())
    while time.monotonic() < limit:
        kind, address = next(visits)
        started = time.perf_counter()
        _page(connection, cookie, address)
        found.append((kind, 1000 * (time.perf_counter() - started)))
        time.sleep(think * (0.5 + chance.random()))
    connection.close()
    return found


def _page(connection: HTTPConnection, cookie: str, address: str) -> bytes:
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status} {body[:2000]!r}")
    return body
