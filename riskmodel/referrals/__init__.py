"""From a case to a measure: what a household is proposed, what must be recorded before anything is shared, and every move after that."""
