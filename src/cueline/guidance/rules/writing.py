"""Rule sets as YAML that people go on writing in, and where its places are in a text. Pure.

What is written reads back the same (``reading.read_yaml``). Comments are no part of a document: whoever wants to keep
them keeps them in files of their own.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from cueline.guidance.rules.checking import Problem

_WIDTH: Final = 110
_SHORT: Final = 90
"""What fits into so many characters stands on one line."""

_OPEN_LEVELS: Final = 2
"""The set itself and its lists stay open, whatever their size."""

_PATH: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_LINE: Final = re.compile(r"^line (\d+)$")


class PlacedProblem(Problem, frozen=True, rename="camel", kw_only=True):
    """A problem with its line in the text, from 1; None where it is all of it, or cannot be told."""

    line: int | None


class _Dumper(yaml.SafeDumper):
    """No anchors: ``reading`` does not understand them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, False)  # noqa: FBT003 - items stand under their list


def write_yaml(document: Mapping[str, object]) -> str:
    """A document as YAML: short lists and objects on one line, everything else below each other."""
    node = _node(document)
    _folded(node, 0)
    return str(yaml.serialize(node, Dumper=_Dumper, width=_WIDTH, allow_unicode=True))


def _node(value: object) -> yaml.Node:
    # Through text and back: PyYAML makes nodes only of what it reads.
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None  # noqa: S101 - something was written
    return node


def _folded(node: yaml.Node, depth: int) -> int:
    """Decides what stands on one line; gives the characters that the node takes there."""
    match node:
        case yaml.MappingNode(value=pairs):
            size = 2 + sum(_folded(key, depth + 1) + _folded(one, depth + 1) + 4 for key, one in pairs)
        case yaml.SequenceNode(value=items):
            size = 2 + sum(_folded(item, depth + 1) + 2 for item in items)
        case _:
            return len(str(node.value))
    node.flow_style = depth >= _OPEN_LEVELS and size <= _SHORT
    return size


def placed(text: str, problems: Sequence[Problem]) -> list[PlacedProblem]:
    """Problems with the lines of their places in a YAML or JSON text, from top to bottom."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        root = None
    found = [_placed(root, each) for each in problems]
    return sorted(found, key=lambda each: each.line or 0)


def _placed(root: yaml.Node | None, problem: Problem) -> PlacedProblem:
    told = _LINE.match(problem.place)
    if told:
        return PlacedProblem("", problem.message, line=int(told[1]))
    return PlacedProblem(problem.place, problem.message, line=_line_of(root, problem.place) if problem.place else None)


def _line_of(node: yaml.Node | None, place: str) -> int | None:
    """The line of a place; of what it stands in where the place itself is not there, as a field that is missing."""
    line = None
    for name, number in _PATH.findall(place):
        node, line = _inside(node, name, number, line)
        if node is None:
            break
    return line


def _inside(node: yaml.Node | None, name: str, number: str, line: int | None) -> tuple[yaml.Node | None, int | None]:
    if isinstance(node, yaml.MappingNode) and name:
        for key, value in node.value:
            if key.value == name:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and number and int(number) < len(node.value):
        item = node.value[int(number)]
        return item, item.start_mark.line + 1
    return None, line
