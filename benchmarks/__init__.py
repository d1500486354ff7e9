"""How long a night takes, and how much memory: generated landlords, measured stages, a page of results.

In: a size in households. Out: `results.md`. Nothing of the product imports this room, and no test reads a timing.
"""
