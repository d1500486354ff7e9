from datetime import date
from pathlib import Path

from riskmodel import settings
from riskmodel.demo import install


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_installing_gives_sixteen_nights_in_order(tmp_path: Path) -> None:
    nights = install(tmp_path)
    assert nights[0] == date(2026, 10, 16)
    assert nights[-1] == date(2026, 10, 31)
    assert len(nights) == 16


def test_installing_twice_changes_nothing(tmp_path: Path) -> None:
    install(tmp_path)
    first = snapshot(tmp_path)
    install(tmp_path)
    assert snapshot(tmp_path) == first


def test_a_declaration_that_somebody_edited_is_kept(tmp_path: Path) -> None:
    install(tmp_path)
    declaration = tmp_path / "bailleurs" / "oph-estuaire.toml"
    declaration.write_text(declaration.read_text(encoding="utf-8").replace('"02" = 6', '"02" = 3'), encoding="utf-8")
    install(tmp_path)
    assert '"02" = 3' in declaration.read_text(encoding="utf-8")


def test_the_declaration_says_synthetic_and_points_at_the_deliveries(tmp_path: Path) -> None:
    install(tmp_path)
    found = settings.landlord(settings.load({"VIGIE_HOME": str(tmp_path)}), "oph-estuaire")
    assert found.is_synthetic
    assert (found.inbox / "oph-estuaire" / "2026-10-16" / "manifest.json").is_file()
    assert found.rows_a_week("05") == 12
