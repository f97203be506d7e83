import { createContext, useContext } from "react";
import type { RuleDocument, RuleProblem, RuleVocabulary } from "../../api/rules";

/** What all fields of a rule's form need to know. */
export interface FormFacts {
  readonly document: RuleDocument;
  readonly vocabulary: RuleVocabulary | null;
  readonly problems: readonly RuleProblem[];
}

export const FormContext = createContext<FormFacts>({ document: {}, vocabulary: null, problems: [] });

export const useFacts = (): FormFacts => useContext(FormContext);

/** What is wrong with one field, in one text; undefined where nothing is. Deeper places count only where asked. */
export function useProblem(place: string, deeper = false): string | undefined {
  return problemAt(useFacts().problems, place, deeper);
}

export function problemAt(problems: readonly RuleProblem[], place: string, deeper: boolean): string | undefined {
  const found = problems.filter(
    (each) =>
      each.place === place || (deeper && each.place.startsWith(place) && /^[.[]/.test(each.place.slice(place.length))),
  );
  return found.length === 0 ? undefined : found.map(({ message }) => sentenceOf(message)).join(" ");
}

const sentenceOf = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
