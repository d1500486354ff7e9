"""Runs sql/ as of a date and returns one row a lease, with a data dictionary.

In: the lake as of a date. Out: a frame of features keyed by lease_id.
"""
