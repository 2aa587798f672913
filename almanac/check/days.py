"""Hints about days."""

OUT_OF_ORDER = "check both dates against the source: one is wrong"
"""Hint for two dates in the wrong order."""
