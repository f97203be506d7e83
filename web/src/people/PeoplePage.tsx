import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { Person, PersonList } from "../generated/rest";
import { useWide } from "../shell/useWide";
import { ROLES } from "./person";
import { PersonForm } from "./PersonForm";
import "./people.css";

/** Who works with the calls, and in which teams. */
export function PeoplePage(): ReactNode {
  const { list, problem, readAgain } = usePeople();
  const [looked, setLooked] = useState("");
  const [editing, setEditing] = useState<Person | "new" | null>(null);
  const [removing, setRemoving] = useState<Person | null>(null);
  const wide = useWide(760);
  useEffect(() => {
    document.title = "People · Cueline";
  }, []);
  const people = useMemo(() => found(list?.people ?? [], looked), [list, looked]);
  const columns = useMemo(() => columnsOf(wide, setEditing, setRemoving), [wide]);
  const done = (): void => {
    setEditing(null);
    setRemoving(null);
    readAgain();
  };

  return (
    <main className="page people">
      <Table
        variant="container"
        trackBy="username"
        items={people}
        columnDefinitions={columns}
        loading={list === null && problem === null}
        loadingText="Reading the people"
        wrapLines={!wide}
        ariaLabels={{ tableLabel: "People", itemSelectionLabel: () => "", selectionGroupLabel: "" }}
        header={
          <Header
            variant="h1"
            counter={list ? `(${list.people.length})` : ""}
            description="Agents by the user name that Amazon Connect knows them by, with the name and team that the floor shows."
            actions={
              <Button variant="primary" onClick={() => setEditing("new")} disabled={list === null}>
                Add a person
              </Button>
            }
          >
            People
          </Header>
        }
        filter={
          list && list.people.length > 8 ? (
            <div className="people-find">
              <Input
                type="search"
                value={looked}
                placeholder="Find by name, user name or team"
                ariaLabel="Find a person"
                clearAriaLabel="Clear"
                onChange={({ detail }) => setLooked(detail.value)}
              />
            </div>
          ) : undefined
        }
        empty={<Nobody problem={problem} looked={looked} onAgain={readAgain} onAdd={() => setEditing("new")} />}
      />
      {editing !== null && list && (
        <PersonForm
          person={editing === "new" ? null : editing}
          list={list}
          onDone={done}
          onCancel={() => setEditing(null)}
        />
      )}
      {removing && <Removal person={removing} onDone={done} onCancel={() => setRemoving(null)} />}
    </main>
  );
}

function usePeople(): { list: PersonList | null; problem: string | null; readAgain: () => void } {
  const api = useApi();
  const [list, setList] = useState<PersonList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const readAgain = useCallback(() => {
    api.people().then(
      (read) => {
        setList(read);
        setProblem(null);
      },
      (error: unknown) => setProblem(problemWords(error)),
    );
  }, [api]);
  useEffect(readAgain, [readAgain]);
  return { list, problem, readAgain };
}

function found(people: readonly Person[], looked: string): readonly Person[] {
  const words = looked.trim().toLowerCase();
  if (words === "") return people;
  return people.filter(({ username, name, team }) =>
    `${username}\n${name}\n${team ?? ""}`.toLowerCase().includes(words),
  );
}

function columnsOf(
  wide: boolean,
  onEdit: (person: Person) => void,
  onRemove: (person: Person) => void,
): TableProps.ColumnDefinition<Person>[] {
  const role = ({ role: held }: Person): ReactNode =>
    held === "agent" ? ROLES.agent : <Badge color="blue">{ROLES[held]}</Badge>;
  const actions = (person: Person): ReactNode => (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="inline-link" ariaLabel={`Change ${person.name}`} onClick={() => onEdit(person)}>
        Change
      </Button>
      <Button variant="inline-link" ariaLabel={`Remove ${person.name}`} onClick={() => onRemove(person)}>
        Remove
      </Button>
    </SpaceBetween>
  );
  const name: TableProps.ColumnDefinition<Person> = {
    id: "name",
    header: "Name",
    isRowHeader: true,
    cell: (person) =>
      wide ? (
        person.name
      ) : (
        <div className="stack">
          <span>{person.name}</span>
          <span className="soft small">
            {person.username} · {person.team ?? "no team"}
          </span>
        </div>
      ),
  };
  const middle: TableProps.ColumnDefinition<Person>[] = [
    { id: "username", header: "User name", cell: (person) => <span className="id">{person.username}</span> },
    { id: "team", header: "Team", cell: (person) => person.team ?? "–" },
  ];
  return [
    name,
    ...(wide ? middle : []),
    { id: "role", header: "Role", cell: role },
    { id: "actions", header: "Actions", width: 160, cell: actions },
  ];
}

interface NobodyProps {
  readonly problem: string | null;
  readonly looked: string;
  readonly onAgain: () => void;
  readonly onAdd: () => void;
}

function Nobody({ problem, looked, onAgain, onAdd }: NobodyProps): ReactNode {
  if (problem !== null) {
    return (
      <Alert type="error" header="The people cannot be shown" action={<Button onClick={onAgain}>Try again</Button>}>
        {problem}
      </Alert>
    );
  }
  if (looked.trim() !== "") return <Box color="text-body-secondary">Nobody is called “{looked.trim()}”.</Box>;
  return (
    <div className="empty">
      <Box variant="h2" padding={{ bottom: "xxs" }}>
        Nobody yet
      </Box>
      <Box color="text-body-secondary" padding={{ bottom: "s" }}>
        Calls work without. Whoever is here has their name and team on the floor, and teams can be looked at alone.
      </Box>
      <Button onClick={onAdd}>Add a person</Button>
    </div>
  );
}

function Removal({
  person,
  onDone,
  onCancel,
}: {
  person: Person;
  onDone: () => void;
  onCancel: () => void;
}): ReactNode {
  const api = useApi();
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = (): void => {
    setRemoving(true);
    api.removePerson(person.username).then(onDone, (error: unknown) => {
      setRemoving(false);
      setProblem(problemWords(error));
    });
  };
  return (
    <Modal
      visible
      header={`Remove ${person.name}?`}
      closeAriaLabel="Keep"
      onDismiss={onCancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel}>
              Keep
            </Button>
            <Button variant="primary" onClick={remove} loading={removing}>
              Remove
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      Their calls stay, under the user name {person.username}.
      {problem && <Alert type="error">Not removed. {problem}</Alert>}
    </Modal>
  );
}
