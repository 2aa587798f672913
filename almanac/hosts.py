"""Hosts and ports that can exist."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address

# https://www.rfc-editor.org/rfc/rfc1123#section-2.1: letters, digits and hyphens, at most 63 between two full stops
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST = 253


def is_host(name: str, port: str | None = None) -> bool:
    """Whether it is a domain name or an IPv4 address, with a port from 1 to 65535 if there is one."""
    if port and not 1 <= int(port) <= 65535:
        return False
    labels = name.split(".")
    if labels[-1].isdigit():  # what ends in a number is read as an address
        try:
            return bool(IPv4Address(name))
        except AddressValueError:
            return False
    return len(name) <= _LONGEST and all(map(_LABEL.fullmatch, labels))
