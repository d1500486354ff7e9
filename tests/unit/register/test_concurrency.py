"""Two people, two processes, one register: one wins, the other is told, nothing is lost."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.register import Run, Sessions, decisions, open_register, runs, seldom_writing, to_write
from riskmodel.register.migrations import current, head
from riskmodel.register.models import Base, Decision

DAY = date(2026, 10, 20)
ROW = ("oph", "2026-S43", "02", "B1")


def test_of_two_who_decide_at_once_the_second_waits_and_is_told(register: Sessions) -> None:
    has_written, waits = threading.Event(), threading.Event()

    def first() -> Any:
        with register.begin() as session:
            kept = decisions.keep(session, *ROW, "call", DAY, "agent.01")
            has_written.set()
            assert not waits.wait(0.3), "le second n'a pas attendu"
        return kept

    def second() -> Any:
        has_written.wait()
        with register.begin() as session:
            kept = decisions.keep(session, *ROW, "visit", DAY, "agent.02")
            waits.set()
            return kept, decisions.find(session, *ROW)

    with ThreadPoolExecutor(2) as pool:
        told, (refused, standing) = [asked.result(30) for asked in (pool.submit(first), pool.submit(second))]
    assert told is not None
    assert refused is None
    assert standing is not None
    assert (standing["code"], standing["decided_by"]) == ("call", "agent.01")


def test_one_who_rolls_back_leaves_the_place_to_the_other(register: Sessions) -> None:
    with register() as session:
        to_write(session)
        decisions.keep(session, *ROW, "call", DAY, "agent.01")
        session.rollback()
    with register.begin() as session:
        assert decisions.keep(session, *ROW, "visit", DAY, "agent.02") is not None


def test_many_who_read_and_then_write_all_get_their_turn(register: Sessions) -> None:
    def decide(rank: int) -> bool:
        with register.begin() as session:
            known = session.scalar(select(func.count()).select_from(Decision))
            assert known is not None
            return decisions.keep(session, *ROW[:3], f"B{rank % 10}", "call", DAY, f"agent.{rank}") is not None

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(decide, range(40)))
    assert sum(kept) == 10
    with register() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 10


def test_a_page_that_turns_out_to_write_is_made_again_when_somebody_wrote_in_between(register: Sessions) -> None:
    made: list[int] = []

    def page(session: Session) -> int:
        made.append(len(session.scalars(select(Run)).all()))
        if len(made) == 1:
            with register.begin() as other:
                runs.note(other, "oph", DAY, "receive", "done", {})
        runs.note(session, "oph", DAY, "score", "done", {})
        session.flush()
        return len(made)

    with register() as session:
        seldom_writing(session, lambda: page(session))
        session.commit()
    with register() as session:
        assert len(session.scalars(select(Run)).all()) == 2


def test_nobody_waits_to_read_while_another_writes(register: Sessions) -> None:
    with register.begin() as writer:
        runs.note(writer, "oph", DAY, "score", "done", {})
        writer.flush()
        with register() as reader:
            assert reader.scalars(select(Run)).all() == []
    with register() as later:
        assert len(later.scalars(select(Run)).all()) == 1


def test_processes_that_open_a_new_register_at_once_all_find_it_ready(empty_url: str) -> None:
    opening = f"from riskmodel.register import open_register; open_register({empty_url!r})"
    asked = [subprocess.Popen([sys.executable, "-c", opening], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate(timeout=120)[1] for process in asked]
    assert [process.returncode for process in asked] == [0, 0, 0], told
    assert current(empty_url) == head()
    with open_register(empty_url)() as session:
        assert all(session.scalar(select(func.count()).select_from(table)) == 0 for table in Base.metadata.sorted_tables)
