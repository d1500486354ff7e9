"""What an installation declares in its environment about how people come in."""

import pytest

from riskmodel import settings
from riskmodel.errors import SettingsError
from riskmodel.settings import Oidc

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
