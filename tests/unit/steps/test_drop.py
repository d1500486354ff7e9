"""Signed files: what a partner is given, what it answers, and that neither a wrong hand nor a second reading changes anything."""

import json
import shutil
import stat
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from sqlalchemy import select

from riskmodel.errors import DeliveryRefused, NothingKnown, SettingsError
from riskmodel.register import open_register
from riskmodel.register.models import AccessEntry, Referral, Transition
from riskmodel.settings import Settings
from riskmodel.steps import drop, seals
from tests.factory import house
from tests.registers import Fresh
from tests.unit.referrals.lives import LANDLORD, START, moved, noon, partner, proposed, sent

NOW = noon(START)
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
DAY = START.isoformat()
ACCEPT: dict[str, Any] = {"referral": 1, "code": "accept", "on_day": DAY}
TRIED: dict[str, Any] = {
    "referral": 1, "code": "attempt", "on_day": DAY, "details": {"channel": "phone", "outcome": "no_answer"}
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path, fresh_register: Fresh) -> Settings:
    """A partner that was sent one referral; another that is only proposed."""
    made = replace(house(tmp_path, LANDLORD), register_url=fresh_register("sqlite"))
    with open_register(made.register_url).begin() as session:
        partner(session)
        sent(session, "mediation")
        proposed(session, "mediation", lease="B2")
    seals.keep(made, LANDLORD, "asso", PEM)
    return made


def answers(tmp_path: Path, *lines: Any, key: Ed25519PrivateKey = KEY, **head: Any) -> Path:
    """A file of answers, signed."""
    said = {"format": drop.ANSWERED_FORMAT, "landlord": LANDLORD, "partner": "asso", "answers": list(lines)} | head
    return deposited(tmp_path, json.dumps(said).encode(), key)


def deposited(tmp_path: Path, content: bytes, key: Ed25519PrivateKey = KEY) -> Path:
    file = tmp_path / "reponses.json"
    file.write_bytes(content)
    (tmp_path / "reponses.json.sig").write_bytes(key.sign(content))
    return file


def read(settings: Settings, file: Path) -> drop.Read:
    return drop.read(settings, LANDLORD, "asso", file, NOW)


def codes(settings: Settings) -> list[str]:
    with open_register(settings.register_url)() as session:
        mine = select(Transition.code).filter_by(referral_id=1, undone_at=None).order_by(Transition.id)
        return list(session.scalars(mine))[3:]


def test_what_is_open_is_written_signed_and_noted_without_saying_whom_it_is_about(settings: Settings) -> None:
    file = drop.write(settings, LANDLORD, "asso", NOW)
    content = file.read_bytes()
    public = load_pem_public_key((file.parent / "vigie.pub.pem").read_bytes())
    public.verify((file.parent / "orientations.json.sig").read_bytes(), content)  # type: ignore[union-attr, call-arg]
    told = json.loads(content)
    assert told["synthetic"] is True
    assert [one["id"] for one in told["referrals"]] == [1]
    assert told["referrals"][0]["fiche"]["lines"]
    assert not {"B1", "B2", "agent.01"} & set(content.decode().replace('"', " ").split())
    with open_register(settings.register_url)() as session:
        noted = session.scalars(select(AccessEntry)).one()
    assert (noted.account, noted.action, noted.lease_id) == ("depot:asso", "partner_view", "B1")
    assert drop.write(settings, LANDLORD, "asso", NOW).read_bytes() == content


def test_a_fiche_leaves_the_file_once_it_was_answered_and_a_recalled_referral_altogether(settings: Settings) -> None:
    with open_register(settings.register_url).begin() as session:
        moved(session, 1, "accept")
    (told,) = json.loads(drop.write(settings, LANDLORD, "asso", NOW).read_bytes())["referrals"]
    assert told["fiche"] is None
    assert "attempt" in {move["code"] for move in told["moves"]}
    with open_register(settings.register_url).begin() as session:
        moved(session, 1, "recall", reason="objection")
    assert json.loads(drop.write(settings, LANDLORD, "asso", NOW).read_bytes())["referrals"] == []


def test_answers_are_noted_in_order_once_however_often_they_are_read(settings: Settings, tmp_path: Path) -> None:
    file = answers(tmp_path, ACCEPT, TRIED, TRIED)
    assert read(settings, file) == drop.Read(3, 0, ())
    assert read(settings, file) == drop.Read(0, 3, ())
    assert read(settings, answers(tmp_path, TRIED)) == drop.Read(0, 1, ())
    assert codes(settings) == ["accept", "attempt", "attempt"]


def test_a_move_that_was_taken_back_does_not_come_again_with_its_file(settings: Settings, tmp_path: Path) -> None:
    file = answers(tmp_path, ACCEPT)
    read(settings, file)
    with open_register(settings.register_url).begin() as session:
        row = session.scalars(select(Transition).filter_by(code="accept")).one()
        row.undone_at, row.undone_by = NOW, "agent.01"
        session.get_one(Referral, 1).state = "sent"
    assert read(settings, file) == drop.Read(0, 1, ())
    assert codes(settings) == []


def test_good_lines_are_kept_and_every_fault_of_the_others_is_said(settings: Settings, tmp_path: Path) -> None:
    file = answers(
        tmp_path,
        {"referral": "1", "code": 3, "on_day": "demain", "details": [], "nom": "X"},
        {"referral": 2, "code": "accept", "on_day": DAY},
        {"referral": 99, "code": "accept", "on_day": DAY},
        {"referral": 1, "code": "withdraw", "on_day": DAY, "details": {"reason": "settled"}},
        {"referral": 1, "code": "decline", "on_day": DAY, "details": {"reason": "autre"}},
        "ligne",
        ACCEPT,
    )
    found = read(settings, file)
    assert (found.made, len(found.faults)) == (1, 6)
    first = next(fault for fault in found.faults if fault.startswith("Ligne 1 "))
    assert all(f"« {key} »" in first for key in ("referral", "code", "on_day", "details", "nom"))
    unknown, others = (next(f for f in found.faults if f.startswith(f"Ligne {n},")).split(" : ", 1)[1] for n in (2, 3))
    assert unknown.replace("n° 2", "n° 99") == others
    assert any("celle du bailleur" in fault for fault in found.faults)
    assert codes(settings) == ["accept"]
    assert read(settings, file).made == 0


def test_a_file_of_another_hand_or_changed_after_it_was_signed_is_not_read(settings: Settings, tmp_path: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"x" * 32)
    with pytest.raises(DeliveryRefused, match="signature n'est pas celle de asso"):
        read(settings, answers(tmp_path, ACCEPT, key=other))
    file = answers(tmp_path, ACCEPT)
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(DeliveryRefused):
        read(settings, file)
    with pytest.raises(NothingKnown, match="clé publique"):
        drop.read(settings, LANDLORD, "autre", answers(tmp_path, ACCEPT), NOW)
    assert codes(settings) == []


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"[" * 9000])
def test_a_signed_file_of_another_form_is_refused_whole(settings: Settings, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DeliveryRefused, match="Fichier signé"):
        read(settings, deposited(tmp_path, content))


def test_a_file_for_another_landlord_or_partner_is_refused_with_everything_that_is_wrong(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        read(settings, answers(tmp_path, ACCEPT, landlord="autre", partner="autre", format="x", answers=3))
    assert len(str(refused.value).splitlines()) == 5


def test_keys_are_the_services_alone_and_only_ed25519_is_kept(settings: Settings) -> None:
    public = seals.own(settings, LANDLORD)
    assert seals.own(settings, LANDLORD).read_bytes() == public.read_bytes()
    assert stat.S_IMODE((public.parent / "vigie.pem").stat().st_mode) == 0o600
    assert len(seals.fingerprint(public).split()) == 8
    for odd in (b"", b"x", public.read_bytes()[:-30]):
        with pytest.raises(SettingsError, match="Ed25519"):
            seals.keep(settings, LANDLORD, "asso", odd)
    for name in ("vigie", "../vigie", "a/b", ""):
        with pytest.raises(SettingsError, match="son code"):
            seals.keep(settings, LANDLORD, name, PEM)


def test_openssl_verifies_what_is_written_and_signs_what_is_read(settings: Settings, tmp_path: Path) -> None:
    """As docs/depot.md tells it, for a partner that has nothing else."""
    openssl = shutil.which("openssl")
    assert openssl, "openssl manque sur cette machine"

    def run(*said: str) -> None:
        subprocess.run([openssl, *said], cwd=tmp_path, check=True, capture_output=True)

    place = drop.write(settings, LANDLORD, "asso", NOW).parent
    files = ("-in", f"{place}/orientations.json", "-sigfile", f"{place}/orientations.json.sig")
    run("pkeyutl", "-verify", "-pubin", "-inkey", f"{place}/vigie.pub.pem", "-rawin", *files)
    run("genpkey", "-algorithm", "ed25519", "-out", "rives.pem")
    run("pkey", "-in", "rives.pem", "-pubout", "-out", "rives.pub.pem")
    seals.keep(settings, LANDLORD, "asso", (tmp_path / "rives.pub.pem").read_bytes())
    file = answers(tmp_path, ACCEPT)
    run("pkeyutl", "-sign", "-rawin", "-inkey", "rives.pem", "-in", "reponses.json", "-out", "reponses.json.sig")
    assert read(settings, file).made == 1


def test_a_partner_that_does_not_exist_is_given_nothing(settings: Settings) -> None:
    with pytest.raises(NothingKnown, match="Codes : asso"):
        drop.write(settings, LANDLORD, "inconnu", NOW)
    assert not (settings.outputs / LANDLORD / "partenaires" / "inconnu").exists()
