"""A delivery: fetch, map by its source profile, validate, quarantine, accept or refuse.

In: a landlord's folder of files. Out: accepted facts in the lake, one register row, a quality report.
"""
