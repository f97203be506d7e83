import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode, RefObject } from "react";
import { absolute } from "../format/time";
import type { Passage } from "../generated/rest";
import { useNow } from "../shell/useNow";
import { Key } from "./Key";
import { freshness, sourceName } from "./knowledge";
import "./knowledge.css";
import type { Copy } from "./useCopies";
import type { Knowledge } from "./useKnowledge";

interface Props {
  readonly knowledge: Knowledge;
  readonly keys: boolean;
  readonly copy: Copy;
  readonly searchField: RefObject<InputProps.Ref | null>;
}

/** A passage that answers the customer, and a search beside the call. */
export function KnowledgePane({ knowledge, keys, copy, searchField }: Props): ReactNode {
  const { query, setQuery, results, problem, passage, choose, fresh } = knowledge;
  const searching = query.trim() !== "";
  return (
    <>
      <Input
        ref={searchField}
        type="search"
        value={query}
        onChange={({ detail }) => setQuery(detail.value)}
        onKeyDown={({ detail }) => {
          if (detail.key === "Escape") setQuery("");
        }}
        placeholder={keys ? "Search the knowledge  ( / )" : "Search the knowledge"}
        ariaLabel="Search the knowledge"
        clearAriaLabel="Clear the search"
      />
      {fresh && (
        <p className="fresh" data-testid="fresh-passage">
          <Button variant="inline-link" onClick={() => choose(null)}>
            The call found another answer: show it
          </Button>
        </p>
      )}
      <div className="knowledge-body" aria-live="polite">
        {problem && <StatusIndicator type="warning">{problem}</StatusIndicator>}
        {searching && !problem && results === null && <StatusIndicator type="loading">Searching</StatusIndicator>}
        {searching && results?.length === 0 && (
          <p className="soft tight" data-testid="not-found">
            Nothing found for “{query.trim()}”. Try other words, or fewer.
          </p>
        )}
        {searching && results && results.length > 0 && <Results results={results} onChoose={choose} />}
        {!searching && passage && <Found passage={passage} keys={keys} copy={copy} />}
        {!searching && !passage && !problem && (
          <p className="pane-empty soft">What answers the customer’s questions comes here by itself.</p>
        )}
      </div>
    </>
  );
}

function Results({
  results,
  onChoose,
}: {
  readonly results: readonly Passage[];
  readonly onChoose: (p: Passage) => void;
}): ReactNode {
  return (
    <ul className="results" data-testid="knowledge-results" aria-label="Found passages">
      {results.map((passage) => (
        <li key={passage.passageId}>
          <button type="button" className="result" onClick={() => onChoose(passage)}>
            <span className="result-title">{headline(passage)}</span>
            <span className="result-text">{passage.text}</span>
            <span className="soft small">{sourceName(passage.source)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Found({ passage, keys, copy }: { readonly passage: Passage } & Pick<Props, "keys" | "copy">): ReactNode {
  const now = useNow(60_000);
  const fresh = freshness(passage.modifiedAtMs, now);
  return (
    <article className="passage" data-testid="passage" data-passage-id={passage.passageId}>
      <Box variant="h3" padding="n">
        {headline(passage)}
      </Box>
      <p className="passage-text">{passage.text}</p>
      <div className="passage-foot">
        <div className="soft small passage-source">
          <span title={passage.source}>{sourceName(passage.source)}</span>
          <span title={absolute(passage.modifiedAtMs)}>
            {fresh.old ? (
              <StatusIndicator type="warning">{fresh.words}, may be out of date</StatusIndicator>
            ) : (
              fresh.words
            )}
          </span>
        </div>
        <Button iconName={copy.copied ? "check" : "copy"} onClick={copy.copy}>
          {copy.copied ? "Copied" : "Copy"}
          {keys && <Key name="C" />}
        </Button>
      </div>
    </article>
  );
}

/** Title and heading, each once. */
function headline({ title, heading }: Passage): string {
  return heading === "" || heading === title ? title : `${title}: ${heading}`;
}
