"""File names with a special meaning on some system."""

from __future__ import annotations

import re

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved with any extension, in any case
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)

# Hidden files of editors and systems (.x.swp, .#x, .DS_Store, ._x), backups and locks (x~, #x#), Vim's test whether it
# can write (4913).
_LEFTOVER = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|.*~|\..*\.sw[a-z]|4913|#.*#|\.#.*|\.gitkeep", re.DOTALL
)


def is_windows_device(name: str) -> bool:
    """Whether Windows opens a device instead of a file of this name."""
    return bool(_WINDOWS_DEVICE.fullmatch(name))


def is_leftover(name: str) -> bool:
    """Whether editors or file managers leave files of this name behind."""
    return bool(_LEFTOVER.fullmatch(name))
