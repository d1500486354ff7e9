"""Vigie Bail: reads rent ledgers and contact histories, and brings drifting households to the people who can help."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
"""Root of the checkout: `sql/` and `reports/` live beside the package and are read from here."""
