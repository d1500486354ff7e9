"""The steps of the night and of Monday, as DAG tasks and commands call them: one landlord, one day, a small summary back.

Steps hand each other files under `settings.runs` and rows of the register; summaries carry counts, never a name.
"""
