"""``make screenshots``: the main pages as people see them, on a phone and a desktop."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests import machine
from tests.conftest import DESKTOP, FLAGS, PHONE
from tests.site import ROOT, Site, running

FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "welcome": ("", "/"),
    "today": ("animator", "/aujourdhui/"),
    "programme": ("animator", "/programme/"),
    "our-gem": ("member", "/notre-gem/"),
    "import": ("animator", "/import/"),
    "crisis": ("", "/urgence/"),
}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
COLOURS = 96


def shoot(site: Site, browser: Browser, name: str, role: str, address: str) -> None:
    """Write one small picture of a page for each size."""
    for size, viewport in SIZES.items():
        context = browser.new_context(base_url=site.url, viewport=viewport, locale="fr-FR")
        if role:
            context.add_cookies([{**site.cookie(role), "url": site.url}])
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        picture = Image.open(io.BytesIO(page.screenshot()))
        file = FOLDER / f"{name}-{size}.png"
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
        print(f"{file.relative_to(ROOT)} {file.stat().st_size // 1024} KB", flush=True)
        context.close()


def main() -> None:
    """Draw every page again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = machine.need_chromium()
    with (
        tempfile.TemporaryDirectory(prefix="espace-screenshots-") as folder,
        running(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (role, address) in PAGES.items():
            shoot(site, browser, name, role, address)
        browser.close()


if __name__ == "__main__":
    main()
