"""From a case to a measure: what a household is proposed, what must be recorded before anything is shared, every later move."""
