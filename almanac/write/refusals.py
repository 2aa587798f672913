"""Errors for which nothing was written, each with a hint."""

from __future__ import annotations


class Unwritten(Exception):
    """The output folder is unchanged."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}\n  {hint}")
        self.message = message
        self.hint = hint


class Refused(Unwritten):
    """The folder may not be the output."""


class Locked(Unwritten):
    """Another build is writing to it."""


class Failed(Unwritten):
    """The system reported an error, such as a full disk or missing permissions."""
