"""Rule sets as people write them on disk, in YAML. Pure: what was read from where is the caller's business.

Only what JSON knows as well is understood. Anchors and tags are not: a few lines of them can stand for more than fits
into memory.
"""

from typing import Any, Final

import yaml

from cueline.guidance.rules.checking import Problem, RuleSetError

TEXT_MAX: Final = 2_000_000
"""Characters of one document."""


class _Loader(yaml.SafeLoader):
    """YAML's plain part; a key that stands twice in one object is a fault."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not understood", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem="a field stands twice", problem_mark=key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else "")
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> dict[str, object]:
    """The document that a text holds, yet unchecked. Raises RuleSetError, which names the line."""
    if len(text) > TEXT_MAX:
        raise RuleSetError([Problem("", f"it has {len(text)} characters: at most {TEXT_MAX}, split it up")])
    try:
        document = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made safer
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark is not None else ""
        raise RuleSetError([Problem(line, f"it is no YAML that is understood: {error.problem}")]) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise RuleSetError([Problem("", "it is no YAML that is understood")]) from None
    if not isinstance(document, dict):
        raise RuleSetError([Problem("", "a rule set is an object: give it name, title and rules")])
    return document
