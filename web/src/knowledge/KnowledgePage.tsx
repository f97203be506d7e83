import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FileDropzone from "@cloudscape-design/components/file-dropzone";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Pagination from "@cloudscape-design/components/pagination";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { KnowledgeDocument, Passage } from "../generated/rest";
import { Moment } from "../shell/Moment";
import { useWide } from "../shell/useWide";
import "../settings/settings.css";
import "./knowledge.css";
import { KINDS, uploadsDone, type Upload } from "./uploads";
import { problemWords, useDocuments, type Documents } from "./useDocuments";

/** The documents that agents get answers from: what there is, a question tried on it, files in and out. */
export function KnowledgePage(): ReactNode {
  const all = useDocuments();
  const [removing, setRemoving] = useState<KnowledgeDocument | null>(null);
  const wide = useWide(1000);
  useEffect(() => {
    document.title = "Knowledge · Cueline";
  }, []);
  return (
    <main className="page">
      <div className={wide ? "knowledge two" : "knowledge"}>
        <DocumentTable all={all} wide={wide} onRemove={setRemoving} />
        <SpaceBetween size="m">
          <AddFiles uploads={all.uploads} onFiles={all.upload} />
          <Ask of={all.documents} />
        </SpaceBetween>
      </div>
      {removing && <Removal document={removing} all={all} onClose={() => setRemoving(null)} />}
    </main>
  );
}

interface ListProps {
  readonly all: Documents;
  readonly wide: boolean;
  readonly onRemove: (document: KnowledgeDocument) => void;
}

const FEW = 8;
const ON_A_PAGE = 20;

function DocumentTable({ all, wide, onRemove }: ListProps): ReactNode {
  const [looked, setLooked] = useState("");
  const [page, setPage] = useState(1);
  const { documents, problem } = all;
  const shown = useMemo(() => {
    const words = looked.trim().toLowerCase();
    return (documents ?? []).filter(({ title, source }) => `${title}\n${source}`.toLowerCase().includes(words));
  }, [documents, looked]);
  const columns = useMemo(() => columnsOf(onRemove), [onRemove]);
  const pages = Math.max(1, Math.ceil(shown.length / ON_A_PAGE));
  const at = Math.min(page, pages);
  return (
    <Table
      variant="container"
      trackBy="documentId"
      items={shown.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE)}
      pagination={
        pages > 1 ? (
          <Pagination
            currentPageIndex={at}
            pagesCount={pages}
            ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page" }}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        ) : undefined
      }
      columnDefinitions={wide ? columns : columns.filter(({ id }) => id !== "passages")}
      loading={documents === null && problem === null}
      loadingText="Reading the documents"
      wrapLines
      ariaLabels={{ tableLabel: "Documents", itemSelectionLabel: () => "", selectionGroupLabel: "" }}
      header={
        <Header
          variant="h1"
          counter={documents ? `(${documents.length})` : ""}
          description="The company's own documents. Rules, moments and the agent's search box find answers in them."
        >
          Knowledge
        </Header>
      }
      filter={
        (documents?.length ?? 0) > FEW ? (
          <Input
            type="search"
            value={looked}
            ariaLabel="Find a document"
            placeholder="Find by title or file"
            clearAriaLabel="Clear"
            onChange={({ detail }) => {
              setLooked(detail.value);
              setPage(1);
            }}
          />
        ) : undefined
      }
      empty={
        problem !== null ? (
          <Alert
            type="error"
            header="The documents cannot be shown"
            action={<Button onClick={all.readAgain}>Try again</Button>}
          >
            {problem}
          </Alert>
        ) : looked !== "" ? (
          <Box color="text-body-secondary">No document has these words in its title or file.</Box>
        ) : (
          <Box color="text-body-secondary">
            No document yet. Add files here, or load a whole folder with{" "}
            <span className="id">cueline knowledge load FOLDER</span>.
          </Box>
        )
      }
    />
  );
}

function columnsOf(onRemove: (document: KnowledgeDocument) => void): TableProps.ColumnDefinition<KnowledgeDocument>[] {
  return [
    {
      id: "title",
      header: "Document",
      isRowHeader: true,
      cell: ({ title, source }) => (
        <span className="stack">
          <span className="strong">{title}</span>
          <span className="soft small break">{source}</span>
        </span>
      ),
    },
    { id: "passages", header: "Passages", width: 100, cell: ({ passages }) => <span className="num">{passages}</span> },
    {
      id: "modified",
      header: "Changed",
      width: 130,
      cell: ({ modifiedAtMs }) => <Moment epochMs={modifiedAtMs} />,
    },
    {
      id: "remove",
      header: <span className="visually-hidden">Remove</span>,
      width: 70,
      cell: (document) => (
        <Button
          variant="inline-icon"
          iconName="remove"
          ariaLabel={`Remove ${document.title}`}
          onClick={() => onRemove(document)}
        />
      ),
    },
  ];
}

const SIGNS = { waiting: "pending", loading: "in-progress", done: "success", failed: "error" } as const;

function AddFiles({
  uploads,
  onFiles,
}: {
  uploads: readonly Upload[];
  onFiles: (files: readonly File[]) => void;
}): ReactNode {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description="A file of the same name takes the place of the one before."
        >
          Add documents
        </Header>
      }
    >
      <FileDropzone onChange={({ detail }) => onFiles(detail.value)}>
        <div className="drop">
          <input
            ref={chooser}
            type="file"
            className="visually-hidden"
            tabIndex={-1}
            aria-label="Files to add"
            multiple
            accept={KINDS.join(",")}
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
          <Button iconName="upload" onClick={() => chooser.current?.click()}>
            Choose files
          </Button>
          <span className="soft small">or drop them here. Markdown, text, HTML or PDF, 16 MiB each.</span>
        </div>
      </FileDropzone>
      <div role="status" data-testid="uploads">
        {uploads.length > 0 && (
          <ul className="uploads">
            {uploads.map(({ name, state, told }, at) => (
              <li key={at}>
                <StatusIndicator type={SIGNS[state]}>
                  <span className="strong break">{name}</span>
                </StatusIndicator>{" "}
                <span className="soft">{told}</span>
              </li>
            ))}
          </ul>
        )}
        <span className="visually-hidden">{uploadsDone(uploads)}</span>
      </div>
    </Container>
  );
}

const SHOWN = 3;

interface Answered {
  readonly of: Documents["documents"];
  readonly passages: readonly Passage[];
  readonly problem: string | null;
}

/** A question, asked as the agent's screen asks it. */
function Ask({ of }: { of: Documents["documents"] }): ReactNode {
  const api = useApi();
  const [question, setQuestion] = useState("");
  const [asking, setAsking] = useState(false);
  const [answered, setAnswered] = useState<Answered | null>(null);
  // What was found before a document came or went may not be there now.
  const answer = answered?.of === of ? answered : null;
  const ask = (): void => {
    const words = question.trim();
    if (words === "") return;
    setAsking(true);
    api
      .searchKnowledge(words, SHOWN)
      .then(
        (passages) => setAnswered({ of, passages, problem: null }),
        (error: unknown) => setAnswered({ of, passages: [], problem: problemWords(error) }),
      )
      .finally(() => setAsking(false));
  };
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2" description="What the agent's screen would show.">
          Ask a question
        </Header>
      }
    >
      <div className="in-line">
        <div className="grow">
          <Input
            type="search"
            value={question}
            ariaLabel="Question"
            clearAriaLabel="Clear"
            placeholder="How long does a new card take?"
            onChange={({ detail }) => setQuestion(Array.from(detail.value).slice(0, 500).join(""))}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") ask();
            }}
          />
        </div>
        <Button onClick={ask} loading={asking} disabled={question.trim() === ""}>
          Ask
        </Button>
      </div>
      <div role="status" data-testid="answers">
        {answer?.problem != null && <StatusIndicator type="error">{answer.problem}</StatusIndicator>}
        {answer?.problem === null && answer.passages.length === 0 && (
          <p className="soft">
            Not found: no passage covers enough of this question. Try fewer words, or the documents' own.
          </p>
        )}
        {answer && answer.passages.length > 0 && (
          <ol className="answers">
            {answer.passages.map((passage) => (
              <li key={passage.passageId}>
                <span className="strong">{passage.heading || passage.title}</span>
                {passage.text.split("\n").map((line, at) => (
                  <p key={at}>{line}</p>
                ))}
                <span className="soft small break">
                  {passage.source}, changed <Moment epochMs={passage.modifiedAtMs} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Container>
  );
}

interface RemovalProps {
  readonly document: KnowledgeDocument;
  readonly all: Documents;
  readonly onClose: () => void;
}

function Removal({ document, all, onClose }: RemovalProps): ReactNode {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = (): void => {
    setBusy(true);
    all.remove(document).then(onClose, (error: unknown) => {
      setProblem(problemWords(error));
      setBusy(false);
    });
  };
  const uploaded = document.source.startsWith("uploads/");
  return (
    <Modal
      visible
      header={`Remove "${document.title}"?`}
      closeAriaLabel="Cancel"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={remove}>
              Remove
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <span>
          Its passages are found no more, and cues that showed them show none.
          {!uploaded && " It came from a folder, and comes back when that folder is loaded again."}
        </span>
        {problem !== null && <StatusIndicator type="error">{problem}</StatusIndicator>}
      </SpaceBetween>
    </Modal>
  );
}
