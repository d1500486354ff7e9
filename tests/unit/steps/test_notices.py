"""Notices to partners by e-mail: a link and nobody's name, once, whatever happens on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.errors import RunIncomplete
from riskmodel.register import open_register
from riskmodel.register.models import Notice, Organisation
from riskmodel.settings import Settings, Smtp
from riskmodel.steps import mail, notices
from tests.factory import house
from tests.registers import Fresh
from tests.unit.referrals.lives import LANDLORD, START, moved, noon, partner, sent, the_partner

NOW = noon(START)


class Sink:
    """A mail server that keeps what it is given, unless it is told to refuse."""

    def __init__(self) -> None:
        self.kept: list[tuple[tuple[str, ...], EmailMessage]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (the server calls it so)
        if self.answer.startswith("250"):
            read = message_from_bytes(envelope.content, policy=default)
            assert isinstance(read, EmailMessage)
            self.kept.append((tuple(envelope.rcpt_tos), read))
        return self.answer


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Sink, Smtp]]:
    sink = Sink()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink, Smtp("127.0.0.1", port, is_tls=False, sender="vigie@oph.test")
    controller.stop()


@pytest.fixture
def sink(server: tuple[Sink, Smtp]) -> Sink:
    server[0].kept.clear()
    server[0].answer = "250 OK"
    return server[0]


@pytest.fixture
def settings(tmp_path: Path, fresh_register: Fresh, server: tuple[Sink, Smtp]) -> Settings:
    """A partner with two people, one referral sent to it."""
    url = "https://vigie.exemple.test"
    made = replace(house(tmp_path, LANDLORD), register_url=fresh_register("sqlite"), public_url=url, smtp=server[1])
    with open_register(made.register_url).begin() as session:
        number = partner(session)
        granted = [Granted(Role.ASSOCIATION, LANDLORD, None, number)]
        for account in ("asso.01", "asso.02"):
            accounts.create(session, account, account, f"{account}@exemple.test", granted, NOW)
        sent(session, "mediation")
    return made


def left(settings: Settings) -> int:
    with open_register(settings.register_url)() as session:
        return len(session.scalars(select(Notice.id).where(Notice.sent_at.is_(None))).all())


def changed(settings: Settings) -> Any:
    return open_register(settings.register_url).begin()


def test_a_partner_is_told_that_something_waits_and_never_for_whom(settings: Settings, sink: Sink) -> None:
    assert notices.send(settings, LANDLORD, NOW) == {"messages": 1, "waiting": 0, "settled": 0}
    ((addresses, message),) = sink.kept
    assert addresses == ("asso.01@exemple.test", "asso.02@exemple.test")
    body = message.get_content()
    assert "1 orientation attend une réponse" in body
    assert "https://vigie.exemple.test/association/1" in body
    assert "Données synthétiques" in body
    assert not [word for word in ("B1", "agent.01", "UG01", "310") if word in str(message)]
    assert (message["Auto-Submitted"], message["From"]) == ("auto-generated", "vigie@oph.test")


def test_what_was_sent_is_not_sent_again(settings: Settings, sink: Sink) -> None:
    for _ in range(2):
        notices.send(settings, LANDLORD, NOW)
    assert len(sink.kept) == 1
    assert left(settings) == 0


def test_a_message_cut_before_it_was_noted_goes_again_under_the_same_number(
    settings: Settings, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = mail.send

    def cut(smtp: Smtp, message: EmailMessage) -> None:
        handed(smtp, message)
        raise OSError

    with monkeypatch.context() as once:
        once.setattr(mail, "send", cut)
        with pytest.raises(RunIncomplete):
            notices.send(settings, LANDLORD, NOW)
    notices.send(settings, LANDLORD, noon(date(2026, 11, 3)))
    assert len({message["Message-ID"] for _, message in sink.kept}) == 1
    assert left(settings) == 0


def test_a_server_that_refuses_loses_nothing_and_the_run_says_so(settings: Settings, sink: Sink) -> None:
    sink.answer = "451 plus tard"
    with pytest.raises(RunIncomplete, match="n'a pas pris le message"):
        notices.send(settings, LANDLORD, NOW)
    assert left(settings) == 1
    gone = replace(settings, smtp=Smtp("127.0.0.1", 1, is_tls=False, sender="v@oph.test"))
    with pytest.raises(RunIncomplete, match="ConnectionRefusedError"):
        notices.send(gone, LANDLORD, NOW)
    sink.answer = "250 OK"
    assert notices.send(settings, LANDLORD, NOW)["messages"] == 1


def test_a_password_is_not_given_to_a_server_that_cannot_seal_it(settings: Settings, server: tuple[Sink, Smtp]) -> None:
    with pytest.raises(RunIncomplete, match="SMTPNotSupportedError"):
        notices.send(replace(settings, smtp=replace(server[1], user="vigie", password="secret")), LANDLORD, NOW)


def test_a_notice_answered_meanwhile_is_closed_without_a_message(settings: Settings, sink: Sink) -> None:
    with changed(settings) as session:
        moved(session, 1, "accept")
    assert notices.send(settings, LANDLORD, NOW) == {"messages": 0, "waiting": 0, "settled": 1}
    assert not sink.kept


def test_a_partner_whom_nobody_can_reach_is_named_and_one_with_an_address_of_its_own_is_reached(
    settings: Settings, sink: Sink
) -> None:
    with changed(settings) as session:
        for account in ("asso.01", "asso.02"):
            accounts.deactivate(session, accounts.known(session, account))
    with pytest.raises(RunIncomplete, match="aucun compte actif"):
        notices.send(settings, LANDLORD, NOW)
    with changed(settings) as session:
        session.get_one(Organisation, the_partner(session)).email = "accueil@exemple.test"
    notices.send(settings, LANDLORD, NOW)
    assert sink.kept[0][0] == ("accueil@exemple.test",)


def test_without_a_mail_server_notices_wait(settings: Settings) -> None:
    assert notices.send(replace(settings, smtp=None), LANDLORD, NOW)["waiting"] == 1
    assert left(settings) == 1


def test_a_scheduled_sending_is_noted_and_needs_its_instant(settings: Settings, sink: Sink) -> None:
    assert notices.send_scheduled(settings, LANDLORD, NOW)["messages"] == len(sink.kept) == 1
    assert notices.coverage.close(settings, date(2026, 11, 1), notices.RUN) == {"landlords": 1, "late": 0}


def test_two_kinds_of_notices_are_one_message(settings: Settings, sink: Sink) -> None:
    with changed(settings) as session:
        moved(session, 1, "withdraw", reason="mistake")
        sent(session, "mediation")
    assert notices.send(settings, LANDLORD, NOW) == {"messages": 1, "waiting": 0, "settled": 1}
    (body,) = [message.get_content() for _, message in sink.kept]
    assert "1 orientation a été retirée" in body
    assert "1 orientation attend une réponse" in body
