#!/usr/bin/env python3
"""templates/card/card.svg -> a PNG for each edition in the same folder, which the build publishes unchanged.

python bench/cards.py

Needs Chromium and Noto Serif CJK. Look at the results.
"""

from __future__ import annotations

import struct
import sys
import zlib
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from playwright.sync_api import Page, sync_playwright

from almanac.draft import EDITIONS
from tests.browser.chromium import chromium

CARDS = Path(__file__).resolve().parent.parent / "templates" / "card"
WIDTH, HEIGHT = 1200, 630  # the size for Open Graph
ROUNDED = bytes(min(255, round(level / 12) * 12) for level in range(256))
PIXELS = """async png => {
    const image = new Image();
    image.src = "data:image/png;base64," + png;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const {data} = context.getImageData(0, 0, image.width, image.height);
    return data.toBase64 ? data.toBase64() : btoa(Array.from(data, byte => String.fromCharCode(byte)).join(""));
}"""


def main() -> None:
    drawing = (CARDS / "card.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium()))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(f"<!doctype html><style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
        for edition in EDITIONS:
            page.evaluate("edition => document.querySelector('svg').setAttribute('class', edition)", edition)
            data = png(pixels(page))
            (CARDS / f"{edition}.png").write_bytes(data)
            print(f"{edition}.png: {len(data):,} bytes")
        browser.close()


def pixels(page: Page) -> bytes:
    """The pixels of the page as RGBA."""
    return b64decode(page.evaluate(PIXELS, b64encode(page.screenshot()).decode()))


def png(pixels: bytes) -> bytes:
    """A PNG of at most 256 colours, a third of the size of Chromium's own: https://www.w3.org/TR/png-3/."""
    alike: dict[bytes, Counter[bytes]] = defaultdict(Counter)  # of indistinguishable colours, the most frequent
    for (pixel,) in struct.iter_unpack("4s", pixels):
        alike[pixel.translate(ROUNDED)][pixel[:3]] += 1
    palette = {rounded: (index, colours.most_common(1)[0][0]) for index, (rounded, colours) in enumerate(alike.items())}
    indices = bytes(palette[rounded][0] for (rounded,) in struct.iter_unpack("4s", pixels.translate(ROUNDED)))
    rows = b"".join(b"\0" + indices[start : start + WIDTH] for start in range(0, len(indices), WIDTH))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)  # eight bits per pixel, indexed
    chunks = (
        (b"IHDR", header),
        (b"PLTE", b"".join(colour for _, colour in palette.values())),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


if __name__ == "__main__":
    main()
