"""The steps of the night and of Monday: one landlord, one day, a small summary back. DAG tasks and commands call these only.

In: settings, a landlord's identifier, a date. Out: files under `settings.runs`, rows of the register, a summary of counts.
This is the one room that composes the others; summaries never carry a name.
"""
