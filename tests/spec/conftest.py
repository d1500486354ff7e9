"""Each drawn account is read twice: by the reference, and by the SQL of the product (on which the two must agree in full)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.lakes import Rows, features_of, laid_out, tables_of
from tests.reference import reference
from tests.reference.agreement import differences, plain

Read = Callable[[Rows, str], dict[str, Any]]
Check = Callable[..., None]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Features of the drawn household on a day, on which both readings agree; empty when its lease is not in place."""

    def features(rows: Rows, day: str) -> dict[str, Any]:
        as_of = date.fromisoformat(day)
        source = laid_out(tmp_path, rows)
        expected = reference(tables_of(source, as_of), as_of)
        assert differences(features_of(source, as_of, tmp_path), expected) == []
        return plain(expected).get("B1", {})

    return features


@pytest.fixture
def check(read: Read) -> Check:
    """Asserts the named features of a drawn household on a day."""

    def features_are(rows: Rows, day: str, **expected: object) -> None:
        found = read(rows, day)
        assert {name: found[name] for name in expected} == expected

    return features_are
