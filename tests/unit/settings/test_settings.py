"""What an installation declares in its environment about how people come in."""

from pathlib import Path

import pytest

from riskmodel import settings
from riskmodel.errors import SettingsError
from riskmodel.settings import Oidc, Smtp

OWN = {
    "VIGIE_URL": "https://vigie.oph.example/",
    "VIGIE_OIDC_ISSUER": "https://sso.oph.example",
    "VIGIE_OIDC_CLIENT_ID": "vigie",
    "VIGIE_OIDC_CLIENT_SECRET": "tres secret",
}


def test_without_anything_there_is_no_provider_and_no_public_address() -> None:
    given = settings.load({})
    assert (given.oidc, given.public_url, given.is_https) == (None, None, False)


def test_a_provider_is_declared_by_three_values_and_the_public_address() -> None:
    given = settings.load(OWN)
    assert given.oidc == Oidc("https://sso.oph.example", "vigie", "tres secret")
    assert given.public_url == "https://vigie.oph.example"
    assert given.is_https


@pytest.mark.parametrize("missing", OWN)
def test_half_a_provider_is_refused_with_what_is_missing(missing: str) -> None:
    with pytest.raises(SettingsError, match=f"il manque {missing}"):
        settings.load({name: value for name, value in OWN.items() if name != missing})


def test_the_secret_is_in_no_representation() -> None:
    assert "tres secret" not in repr(settings.load(OWN))


MAIL = {
    "VIGIE_SMTP_URL": "smtp://vigie:s%40cret@relais.oph.test",
    "VIGIE_MAIL_FROM": "vigie@oph.test",
    "VIGIE_URL": "https://v.test",
}


def test_a_mail_server_is_declared_by_its_address_the_senders_and_the_public_one() -> None:
    smtp = settings.load(MAIL).smtp
    assert smtp == Smtp("relais.oph.test", 587, is_tls=False, sender="vigie@oph.test", user="vigie", password="s@cret")
    assert "s@cret" not in repr(smtp)
    sealed = settings.load(MAIL | {"VIGIE_SMTP_URL": "smtps://relais.oph.test"}).smtp
    assert sealed == Smtp("relais.oph.test", 465, is_tls=True, sender="vigie@oph.test")


@pytest.mark.parametrize("missing", MAIL)
def test_half_a_mail_server_is_refused_with_what_is_missing(missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        settings.load({name: value for name, value in MAIL.items() if name != missing})


@pytest.mark.parametrize("url", ["http://relais", "smtp://", "relais:25", "smtp://relais:port", "smtp://[::1"])
def test_an_address_that_is_no_mail_server_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(SettingsError, match="smtp://hôte:port") as refused:
        settings.load(MAIL | {"VIGIE_SMTP_URL": url})
    assert url not in str(refused.value) or url == "smtp://"


def test_a_landlord_says_how_its_documents_call_it(tmp_path: Path) -> None:
    folder = tmp_path / "bailleurs"
    folder.mkdir()
    said = 'name = "OPH"\nprofile = "canonique"\ninbox = "inbox"\n'
    reached = 'address = ["12, quai des Exemples", "00000 Port-Estuaire"]\nphone = "01 99 00 12 00"\nrights_contact = "Délégué"\n'
    (folder / "oph.toml").write_text(said + reached, encoding="utf-8")
    given = settings.landlord(settings.load({"VIGIE_HOME": str(tmp_path)}), "oph")
    assert given.address == ("12, quai des Exemples", "00000 Port-Estuaire")
    assert (given.phone, given.email, given.rights_contact) == ("01 99 00 12 00", "", "Délégué")
    (folder / "oph.toml").write_text(said + 'fax = "01"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="rights_contact"):
        settings.landlord(settings.load({"VIGIE_HOME": str(tmp_path)}), "oph")
