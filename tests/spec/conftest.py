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


@pytest.fixture(params=["reference", "sql"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    """Features of the drawn household on a day, by one of the two readings; empty when its lease is not in place."""

    def features(rows: Rows, day: str) -> dict[str, Any]:
        as_of = date.fromisoformat(day)
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        source = laid_out(folder, rows)
        frame = reference(tables_of(source, as_of), as_of)
        if request.param == "sql":
            computed = features_of(source, as_of, folder)
            assert differences(computed, frame) == []
            frame = computed
        return plain(frame).get("B1", {})

    return features


@pytest.fixture
def check(read: Read) -> Check:
    """Asserts the named features of a drawn household on a day."""

    def features_are(rows: Rows, day: str, **expected: object) -> None:
        found = read(rows, day)
        assert {name: found[name] for name in expected} == expected

    return features_are
