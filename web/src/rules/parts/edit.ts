/**
 * Changes to one rule of a text. What the form cannot show stays: of the text only the rule itself is written anew, so
 * comments and spelling elsewhere are kept; comments inside that rule are not. Pure.
 */

import { type Document, isMap, isSeq, parseDocument } from "yaml";
import { parsed, STYLE, writtenPart } from "../text";
import { isPart, listOf, type Part } from "./shape";

export type Edited = string | null;

/** A rule of the text written anew; null where the text has no such rule. */
export function withRule(text: string, number: number, rule: Part): Edited {
  const before = parsed(text).document;
  if (!before || !isPart(listOf(before.rules)[number])) return null;
  const spliced = splice(text, number, rule);
  const wanted = JSON.stringify({
    ...before,
    rules: listOf(before.rules).map((each, at) => (at === number ? rule : each)),
  });
  if (spliced !== null && JSON.stringify(parsed(spliced).document) === wanted) return spliced;
  return changed(text, (tree) => tree.setIn(["rules", number], styled(rule)));
}

function splice(text: string, number: number, rule: Part): Edited {
  const tree = parseDocument(text, { keepSourceTokens: false });
  const node: unknown = tree.getIn(["rules", number], true);
  if (!isMap(node) || !node.range) return null;
  const [start] = node.range;
  const list: unknown = tree.get("rules", true);
  if (node.flow === true || (isSeq(list) && list.flow === true)) {
    return text.slice(0, start) + JSON.stringify(rule) + text.slice(node.range[1]);
  }
  const column = start - (text.lastIndexOf("\n", start - 1) + 1);
  // A block ends where its last line does; comments and empty lines after it belong to what comes next.
  const end = start + text.slice(start, node.range[1]).trimEnd().length;
  const lines = writtenPart(rule).trimEnd().split("\n");
  const body = lines.map((line, at) => (at === 0 || line === "" ? line : " ".repeat(column) + line)).join("\n");
  return text.slice(0, start) + body + text.slice(end);
}

/** With a rule more, after the one of that number, or at the end. */
export function withNewRule(text: string, rule: Part, after?: number): Edited {
  return changed(text, (tree) => {
    const list: unknown = tree.get("rules", true);
    if (!isSeq(list)) {
      tree.set("rules", styledList(rule));
      return;
    }
    list.flow = false;
    list.items.splice(after === undefined ? list.items.length : after + 1, 0, styled(rule));
  });
}

export function withoutRule(text: string, number: number): Edited {
  return changed(text, (tree) => {
    tree.deleteIn(["rules", number]);
  });
}

/** A rule one place up (-1) or down (1). */
export function withMovedRule(text: string, number: number, by: -1 | 1): Edited {
  const count = listOf(parsed(text).document?.rules).length;
  const to = number + by;
  if (number < 0 || number >= count || to < 0 || to >= count) return null;
  return changed(text, (tree) => {
    const list: unknown = tree.get("rules", true);
    if (!isSeq(list)) return;
    const [moved] = list.items.splice(number, 1);
    list.items.splice(to, 0, moved);
  });
}

function changed(text: string, change: (tree: Document) => void): Edited {
  const tree = parseDocument(text);
  if (tree.errors.length > 0) return null;
  change(tree);
  return tree.toString(STYLE);
}

/** As a node, in the style of what is written anew. */
const styled = (rule: Part): unknown => parseDocument(writtenPart(rule)).contents;

function styledList(rule: Part): unknown {
  const tree = parseDocument("- x");
  if (isSeq(tree.contents)) (tree.contents.items as unknown[]) = [styled(rule)];
  return tree.contents;
}
