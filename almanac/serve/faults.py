"""Faults -> what a page says of them: below the last good site, or alone where there has been none."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

STYLE = """
.not-built { position: fixed; inset: auto 0 0; z-index: 9; max-height: 60vh; overflow: auto; padding: .75rem 1.25rem;
  color-scheme: light dark; color: light-dark(#1d1b16, #ece8dd); background: light-dark(#fff, #1d1c18);
  border-top: 3px solid light-dark(#a8281d, #ef8b7f); box-shadow: 0 0 2rem #0006; font: 15px/1.5 system-ui, sans-serif }
.not-built summary { cursor: pointer; font-weight: 600 }
.not-built pre { margin: .75rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 13px/1.5 ui-monospace, monospace }
.not-built.alone { position: static; max-height: none; box-shadow: none }
"""
STYLE_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"

_PANEL = (
    '<aside class="not-built" role="alert" lang="en"><details open><summary>Not built. This is the last good site. '
    '<span lang="zh-Hans">构建失败，这是上一次成功的站点。</span></summary><pre>{faults}</pre></details></aside>\n'
)
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {style_hash}; script-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not built yet</title>
<style>{style}</style>
</head>
<body>
<main class="not-built alone">
<p>Not built yet. Once this is mended, the site appears here by itself.
<span lang="zh-Hans">尚未构建成功；改正以下问题后，站点会自动出现在这里。</span></p>
<pre>{faults}</pre>
</main>
</body>
</html>
"""


def panel(faults: str) -> str:
    return _PANEL.format(faults=escape(faults))


def page(faults: str) -> bytes:
    return _PAGE.format(style_hash=STYLE_HASH, style=STYLE, faults=escape(faults)).encode()
