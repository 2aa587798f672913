"""The pictures that links show, as a browser reads them: it sees the pixels that our own reader sees."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.browser.conftest import NewContext
from tests.conftest import Served
from tests.render.png import picture

PIXELS = """async () => {
    const image = document.images[0];
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight), ink = canvas.getContext("2d");
    ink.drawImage(image, 0, 0);
    const {data} = ink.getImageData(0, 0, canvas.width, canvas.height);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    return [canvas.width, canvas.height, [...hash].map(byte => byte.toString(16).padStart(2, "0")).join("")];
}"""


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_a_browser_sees_the_picture(context: NewContext, served: Served, real_site: Path, edition: str) -> None:
    name = f"share.{edition}.png"
    page = context().new_page()
    page.goto(served.repo + name)
    ours = picture((real_site / name).read_bytes())
    pixels = b"".join(bytes((*ours.palette[pixel], 255)) for row in ours.rows for pixel in row)
    assert page.evaluate(PIXELS) == [ours.width, ours.height, sha256(pixels).hexdigest()]
