"""The rule sets that Cueline comes with: for banks, telecoms and shops, and all of it in one.

What holds for any call (greeting, anger, silence, promises) stands in ``general`` and is part of each of them.
"""

from functools import cache
from importlib import resources
from typing import Final

from cueline.guidance.rules.checking import parse_rule_set
from cueline.guidance.rules.reading import read_yaml
from cueline.guidance.rules.schema import RuleSet

STARTER: Final = "starter"
"""All packs in one: what an installation begins with."""

_LINES_OF_BUSINESS: Final = ("banking", "telecom", "retail")
PACKS: Final = (STARTER, *_LINES_OF_BUSINESS)
_LISTS: Final = ("rules", "checklists", "dispositions")


@cache
def pack_document(name: str) -> dict[str, object]:
    """A pack's document, one of ``PACKS``; not to be changed."""
    parts = _LINES_OF_BUSINESS if name == STARTER else (name,)
    documents = [_written(part) for part in (*parts, "general")]
    title = "Starter pack: banking, telecom and retail" if name == STARTER else documents[0]["title"]
    merged: dict[str, object] = {"name": name, "title": title, "language": "en"}
    for each in _LISTS:
        merged[each] = [item for document in documents for item in _listed(document.get(each))]
    return merged


@cache
def pack(name: str) -> RuleSet:
    """A pack, one of ``PACKS``."""
    return parse_rule_set(pack_document(name))


def _written(name: str) -> dict[str, object]:
    return read_yaml(resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def _listed(items: object) -> list[object]:
    return items if isinstance(items, list) else []
