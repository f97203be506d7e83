"""Writes the web app's TypeScript types from the structs that the server encodes.

    python scripts/generate_web_types.py            writes web/src/generated/*.ts
    python scripts/generate_web_types.py --check    exits 1 when a file there is not what would be written

The way is: msgspec structs -> their JSON Schema (what OpenAPI and the events' schema also come from) -> TypeScript.
Only the part of JSON Schema that msgspec writes for our structs is understood; anything else stops the script.
"""

import argparse
import importlib
import inspect
import sys
import textwrap
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "web" / "src" / "generated"
REST_FOLDER = ROOT / "src" / "cueline" / "delivery"
HEADER = "// Written by scripts/generate_web_types.py from {source}. Do not edit: run that script again.\n"
WIDTH = 118

Schema = dict[str, Any]


SIMPLE = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
    "object": "Readonly<Record<string, unknown>>",
}


def type_of(schema: Schema) -> str:
    """The TypeScript type of one JSON Schema node as msgspec writes it."""
    match schema:
        case {"$ref": str(ref)}:
            return ref.rsplit("/", 1)[-1]
        case {"enum": values}:
            return " | ".join(_literal(value) for value in values)
        case {"anyOf": parts}:
            return " | ".join(type_of(part) for part in parts)
        case {"type": "array", "items": items}:
            return f"ReadonlyArray<{type_of(items)}>"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"Readonly<Record<string, {type_of(values)}>>"
        case {"type": str(kind)} if kind in SIMPLE:
            return SIMPLE[kind]
    raise SystemExit(f"no TypeScript is known for the schema {schema}")


def interface_of(name: str, schema: Schema, base: str | None, *, by_people: bool = False) -> str:
    """One struct as an interface; a field with a default is always sent by our encoder, so it is not optional, unless
    people write such objects (``by_people``), who leave it out."""
    needed = schema.get("required", ()) if by_people else schema["properties"]
    heritage = f" extends {base}" if base else ""
    lines = [*_comment(schema.get("description", "")), f"export interface {name}{heritage} {{"]
    for field, node in schema["properties"].items():
        lines.append(_folded(f"  readonly {field}{'' if field in needed else '?'}:", type_of(node)))
    return "\n".join([*lines, "}"])


def module_of(source: str, roots: list[type], base: str | None, foot: list[str], *, by_people: bool = False) -> str:
    """A whole generated file: every struct that ``roots`` reach, then ``foot``."""
    _, components = msgspec.json.schema_components(roots, ref_template="#/$defs/{name}")
    bases = {root.__name__ for root in roots} if base else set()
    parts = [HEADER.format(source=source)]
    parts += [
        interface_of(name, node, base if name in bases else None, by_people=by_people)
        for name, node in components.items()
    ]
    return "\n\n".join([parts[0].rstrip(), *parts[1:], *foot]) + "\n"


def events_module() -> str:
    """Events as they go over the wire: one flat object, head and payload together."""
    catalogue = importlib.import_module("cueline.events.catalogue")
    kinds: list[type] = catalogue.Payload.__subclasses__()
    union = "\n".join(["export type CallEvent =", *(f"  | {kind.__name__}" for kind in kinds)]) + ";"
    transient = ", ".join(f'"{kind}"' for kind in sorted(catalogue.TRANSIENT))
    head = "\n".join(
        [
            "/** What every event begins with; `atMs` is media time, `sequence` that of the last committed event. */",
            "export interface EventHead {",
            "  readonly tenant: string;",
            "  readonly callId: string;",
            "  readonly sequence: number;",
            "  readonly atMs: number;",
            "}",
        ]
    )
    foot = [
        head,
        f"/** Every kind that this version knows. A newer server may send others. */\n{union}",
        "\n".join(
            [
                "/** Kinds that are never committed: they carry the last sequence and may be lost. */",
                f"export const TRANSIENT_KINDS: ReadonlySet<string> = new Set([{transient}]);",
            ]
        ),
    ]
    return module_of("src/cueline/events/catalogue.py", kinds, "EventHead", foot)


def rest_module() -> str:
    """Every body of the REST interface, requests too."""
    names = [f"cueline.delivery.{path.stem}" for path in sorted(REST_FOLDER.glob("rest*.py"))]
    structs = [
        value
        for name in names
        for value in vars(importlib.import_module(name)).values()
        if inspect.isclass(value)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == name
        and value.__struct_fields__
    ]
    return module_of("src/cueline/delivery/rest*.py", structs, None, [])


def rules_module() -> str:
    """A rule set's document, which the REST interface passes on as it is."""
    schema = importlib.import_module("cueline.guidance.rules.schema")
    return module_of("src/cueline/guidance/rules/schema.py", [schema.RuleSet], None, [], by_people=True)


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _folded(field: str, kind: str) -> str:
    """One line, or a long union broken over several."""
    line = f"{field} {kind};"
    if len(line) <= WIDTH or " | " not in kind or "<" in kind:
        return line
    return f"{field}\n" + textwrap.fill(f"{kind};", WIDTH, initial_indent="    ", subsequent_indent="    ")


def _comment(text: str) -> list[str]:
    lines = inspect.cleandoc(text).replace("*/", "* /").splitlines()
    if not lines:
        return []
    if len(lines) == 1:
        return [f"/** {lines[0]} */"]
    return ["/**", *(f" * {line}".rstrip() for line in lines), " */"]


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the web app's TypeScript types from the server's structs.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    check = parser.parse_args().check
    stale = []
    for name, text in (("events.ts", events_module()), ("rest.ts", rest_module()), ("rules.ts", rules_module())):
        path = TARGET / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            TARGET.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"web/src/generated/{name}: {'out of date' if check else 'written'}", file=sys.stderr)
    if check and stale:
        print("run: python scripts/generate_web_types.py", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
