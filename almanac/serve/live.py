"""A page as built -> the page as shown here: it hears of every build, and tells what is wrong since its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from html import escape, unescape

from almanac.serve.faults import STYLE, STYLE_HASH, panel
from almanac.serve.showing import Showing

SOCKET, CLIENT, MADE = "/livereload", "/livereload.js", "/livereload/made.js"

_POLICY = re.compile(r'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*(?=">)')


def livened(page: bytes, showing: Showing, host: str) -> bytes:
    """Only the bytes sent change. `host` is the name by which the server was asked for, already checked."""
    head, head_end, body = page.decode("utf-8", "surrogateescape").partition("</head>")
    if not head_end:
        return page
    # Not every browser counts a WebSocket of the page's own origin as 'self'.
    wanted = {"script-src": ["'self'"], "connect-src": ["'self'", f"ws://{host}"]}
    head += _scripts(showing.made, host)
    if showing.site and showing.faults:
        wanted["style-src"] = [STYLE_HASH]
        head += f"<style>{STYLE}</style>\n"
        body, body_end, rest = body.rpartition("</body>") if "</body>" in body else (body, "", "")
        body += panel(showing.faults) + body_end + rest
    head = _POLICY.sub(partial(_relaxed, wanted), head, count=1)
    return (head + head_end + body).encode("utf-8", "surrogateescape")


def _scripts(made: str, host: str) -> str:
    """Ours first, which joins livereload's own. Both are files: the policy lets in no inline code but the page's."""
    name, _, port = host.rpartition(":") if re.search(r":[0-9]+$", host) else (host, "", "80")
    client = f"{CLIENT}?host={name}&port={port}&mindelay=250&maxdelay=2000"  # [::1] it would not find by itself
    return (
        f'<script src="{MADE}" data-made="{escape(made)}" defer></script>\n'
        f'<script src="{escape(client)}" defer></script>\n'
    )


def _relaxed(wanted: Mapping[str, list[str]], policy: re.Match[str]) -> str:
    """The same policy, with these sources let in as well."""
    written = filter(None, map(str.split, unescape(policy[0]).split(";")))
    directives = {name.lower(): sources for name, *sources in written}
    for name, sources in wanted.items():
        present = directives.get(name, directives.get("default-src"))
        if present is not None:  # else everything is let in already
            directives[name] = [*dict.fromkeys(source for source in (*present, *sources) if source != "'none'")]
    relaxed = "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
    return escape(relaxed, quote=False).replace('"', "&quot;")
