"""Every page of the list, as a browser sees it: axe, frame, reflow, no script, keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html as html_parser
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page

from tests.conftest import OpenPage
from tests.site import Site, pages

PAGES = pages()
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # Contrast of 7:1 for everyone, since many readers are tired.
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    # Half the time: only faults are listed, and style sheets are fetched again for no rule of ours.
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
}
EACH_PAGE = pytest.mark.parametrize(
    ("role", "address"), PAGES, ids=[f"{role or 'visitor'}:{address}" for role, address in PAGES]
)
# The browser's own stops (address bar, end of the page) are between ours.
EXTRA_STOPS = 20
MARK_CONTROLS = """() => {
    const seen = (node) => node.checkVisibility({visibilityProperty: true});
    const all = [...document.querySelectorAll(
        'a[href], button:not([disabled]), summary, textarea, select, '
        + 'input:not([type=hidden]):not([type=radio]):not([disabled])')].filter(seen);
    all.forEach((node, rank) => { node.dataset.rank = rank; });
    return all.map((node) => node.outerHTML.slice(0, 100));
}"""


def opened(visit: OpenPage, site: Site, role: str, address: str, **options: object) -> Page:
    """Return a page once it is drawn; its answer must be 200."""
    page = visit(role, **options).new_page()
    answer = page.goto(site.address(role, address), wait_until="load")
    assert answer is not None
    assert answer.status == 200, f"{address} answers {answer.status}"
    return page


def faults_of_axe(page: Page) -> list[str]:
    """Return what breaks an accessibility rule, with the element."""
    results = Axe().run(page, options=AXE).response
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in results["violations"]
        for node in fault["nodes"]
    ]


def missing_from_frame(page: Page) -> list[str]:
    """Return what every page must have and this one has not."""
    wanted = {
        "French": page.locator("html").get_attribute("lang") == "fr",
        "one h1": page.locator("h1").count() == 1,
        "one main": page.locator("main").count() == 1,
        "its title": page.title().endswith("Mon Espace FiGEM"),
        "3114": page.locator('a[href="tel:3114"]').count() >= 1,
        "help": page.locator('a[href*="aide"]').count() >= 1,
        "accessibility": page.locator('a[href*="accessibilite"]').count() >= 1,
    }
    return [f"missing: {name}" for name, there in wanted.items() if not there]


def unreached_by_keyboard(page: Page) -> list[str]:
    """Press Tab through the page; return the controls that never had the focus."""
    controls: list[str] = page.evaluate(MARK_CONTROLS)
    reached = set()
    for _ in range(len(controls) + EXTRA_STOPS):
        page.keyboard.press("Tab")
        rank = page.evaluate("document.activeElement?.dataset.rank ?? null")
        if rank is not None:
            reached.add(int(rank))
    return [f"not by keyboard: {html}" for n, html in enumerate(controls) if n not in reached]


@EACH_PAGE
def test_a_page_is_for_everyone(visit: OpenPage, site: Site, role: str, address: str) -> None:
    page = opened(visit, site, role, address)
    words = page.locator("main").inner_text().split()
    problems = faults_of_axe(page) + missing_from_frame(page) + unreached_by_keyboard(page)

    narrow = opened(visit, site, role, address, width=320, scripts=False)
    plain = narrow.locator("main").inner_text().split()
    if apart := set(words) - set(plain):
        # A page that says what time it is has other words a minute later.
        again = opened(visit, site, role, address).locator("main").inner_text().split()
        problems += [f"needs JavaScript: {word}" for word in apart & set(again)]
    if (width := narrow.evaluate("document.documentElement.scrollWidth")) > 320:
        problems.append(f"overflows at 320 pixels: {width}")
    assert problems == []


@dataclass(frozen=True)
class Answer:
    """What the server gave for a page of the list, without a browser to draw it."""

    role: str
    address: str
    url: str
    title: str
    links: tuple[str, ...]


@pytest.fixture(scope="module")
def fetch(site: Site, browser: Browser) -> Iterator[Callable[[str, str], APIResponse]]:
    """Return a function that fetches an address as a role; one set of cookies for each role."""
    contexts: dict[str, BrowserContext] = {}

    def get(role: str, address: str) -> APIResponse:
        if role not in contexts:
            contexts[role] = browser.new_context(base_url=site.url, locale="fr-FR")
            if role:
                contexts[role].add_cookies([{**site.cookie(role), "url": site.url}])
        return contexts[role].request.get(address)

    yield get
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def answers(site: Site, fetch: Callable[[str, str], APIResponse]) -> list[Answer]:
    """Each page of the list, fetched once; links are whole addresses of this site."""
    found = []
    for role, address in PAGES:
        answer = fetch(role, site.address(role, address))
        page = html_parser.fromstring(answer.body())
        targets = (urldefrag(urljoin(answer.url, href)).url for href in page.xpath("//a/@href"))
        # A calendar (« webcal: »), a telephone or a letter is not a page to fetch.
        links = tuple(t for t in targets if urlsplit(t)[:2] == urlsplit(site.url)[:2])
        found.append(Answer(role, address, answer.url, page.findtext(".//title", ""), links))
    return found


@pytest.mark.xdist_group("whole list")
def test_every_link_leads_somewhere(
    answers: list[Answer], fetch: Callable[[str, str], APIResponse]
) -> None:
    """Follow each link of each page of the list, as the role who sees it."""
    seen = {(one.role, one.url) for one in answers}
    broken = []
    for one in answers:
        for target in one.links:
            if (one.role, target) in seen:
                continue
            seen.add((one.role, target))
            status = fetch(one.role, target).status
            if status >= 400:
                broken.append(f"{one.role or 'visitor'} {one.address} -> {target}: {status}")
    assert len(seen) > len(answers)
    assert broken == []


@pytest.mark.xdist_group("whole list")
def test_titles_are_all_different(answers: list[Answer]) -> None:
    titles: dict[str, str] = {}
    twins = []
    for one in answers:
        # An address that leads to another page (the home of a role) has that page's title.
        shown = urlsplit(one.url).path
        other = titles.setdefault(" ".join(one.title.split()), shown)
        if other != shown:
            twins.append(f"{one.title}: {other} and {shown}")
    assert twins == []
