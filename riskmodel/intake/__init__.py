"""A delivery at the door: fetched, read through a source profile, checked row by row and table by table, then judged.

In: a landlord's files, whatever their form. Out: staged canonical rows, quarantined rows with their reasons, a verdict and a
quality report. Nothing here makes anything visible: the step `receive` does, in one register transaction.
"""
