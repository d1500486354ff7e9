"""A points table applied: score and reasons. Reads a text file, never fits.

In: features. Out: integer scores and their reasons.
"""
