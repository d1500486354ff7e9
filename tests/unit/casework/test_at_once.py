"""Two people at the same moment on the same list: one review, and neither is sent away."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from riskmodel.casework.reviews import progress, read
from riskmodel.register import open_register
from tests.unit.casework.lists import KEY, NOON, frozen


def test_a_list_opened_by_several_people_at_once_has_one_review(register_url: str) -> None:
    sessions, together = open_register(register_url), Barrier(4)
    with sessions.begin() as session:
        frozen(session)

    def open_row(account: str) -> None:
        together.wait()
        with sessions.begin() as session:
            read(session, KEY, "B1", account, NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(open_row, ["agent.01", "agent.01", "agent.02", "agent.03"]))
    with sessions() as session:
        assert (progress(session, KEY).read, progress(session, KEY).opened_at) == (1, NOON)
