"""The dictionary says what the engine gives, and its page is the one in docs/."""

from riskmodel import REPOSITORY
from riskmodel.contracts import TABLES
from riskmodel.features import FEATURES, dictionary_markdown, switched_off
from riskmodel.features.dictionary import OPTIONAL_TABLES


def test_the_page_in_docs_is_current() -> None:
    page = (REPOSITORY / "docs" / "features.md").read_text(encoding="utf-8")
    assert page == dictionary_markdown(), "Lancez « riskmodel features dictionary »."


def test_every_feature_names_tables_that_features_may_read() -> None:
    assert {name for feature in FEATURES for name in feature.tables} <= {
        name for name, table in TABLES.items() if not table.is_personal
    }


def test_no_feature_is_listed_twice() -> None:
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)


def test_a_window_in_a_name_is_the_effect_in_the_dictionary() -> None:
    windows = {f.name: f.effect_days for f in FEATURES if f.name.endswith("d") and f.name.rsplit("_", 1)[-1][:-1].isdigit()}
    assert windows
    assert all(name.endswith(f"_{days}d") for name, days in windows.items()), windows


def test_signals_switched_off_are_the_optional_tables_never_delivered() -> None:
    assert switched_off({"dwellings", "leases", "entries", "tenants", *OPTIONAL_TABLES}) == []
    assert switched_off({"entries", "contacts"}) == [name for name in OPTIONAL_TABLES if name != "contacts"]
