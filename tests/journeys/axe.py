"""What axe finds wrong with a page: WCAG 2.1 A and AA. axe-core comes with the web app's development packages."""

from typing import Any

from playwright.async_api import Page

from tests.components import ROOT

_SCRIPT = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


async def faults(page: Page) -> list[str]:
    """Serious and critical findings, one line each: the rule, what it says, the first element it names."""
    await page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
