"""Why nothing was written: each with what to do about it."""

from __future__ import annotations


class Unwritten(Exception):
    """The output folder is as it was."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}\n  {hint}")
        self.message = message
        self.hint = hint


class Refused(Unwritten):
    """This folder is not one that a build may fill."""


class Locked(Unwritten):
    """Another build is writing there."""


class Failed(Unwritten):
    """The disk or its rights stand in the way."""
