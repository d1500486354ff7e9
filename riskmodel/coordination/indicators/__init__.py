"""Indicators of arrears and of their prevention, unit by unit and month by month.

In: the lake for what ledgers and acts say, the register's session for what people did. Out: figures, and packs of them.
No household, no name, no score: counts, shares, days and euros. Normative text: docs/indicateurs.md.
"""
