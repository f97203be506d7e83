/** A person as they are typed in, and what is wrong with it. Pure. */

import type { Person, PutPerson } from "../generated/rest";

export interface Typed {
  readonly username: string;
  readonly name: string;
  readonly role: Person["role"];
  readonly team: string;
}

export const NEW_PERSON: Typed = { username: "", name: "", role: "agent", team: "" };

export const ROLES: Readonly<Record<Person["role"], string>> = {
  agent: "Agent",
  supervisor: "Supervisor",
  manager: "Manager",
  rules_editor: "Rules editor",
  analyst: "Analyst",
  admin: "Administrator",
};

export const NAME_MAX = 100;

export interface Faults {
  readonly username?: string;
  readonly name?: string;
  readonly team?: string;
}

/** `taken`: user names of others; null where this one is being changed, not added. */
export function faultsOf(typed: Typed, taken: ReadonlySet<string> | null): Faults {
  const username = typed.username.trim();
  const long = (text: string): boolean => Array.from(text.trim()).length > NAME_MAX;
  return {
    ...(taken && usernameFault(username, taken)),
    ...(typed.name.trim() === "" && { name: "Please type a name." }),
    ...(long(typed.name) && { name: `At most ${NAME_MAX} characters.` }),
    ...(long(typed.team) && { team: `At most ${NAME_MAX} characters.` }),
  };
}

function usernameFault(username: string, taken: ReadonlySet<string>): Faults | null {
  if (username === "") return { username: "Please type the user name." };
  if (/[\s/?#]/.test(username)) return { username: "Without spaces, slashes, ? and #, as Amazon Connect has it." };
  if (Array.from(username).length > NAME_MAX) return { username: `At most ${NAME_MAX} characters.` };
  return taken.has(username) ? { username: "Somebody has this user name already: change them in the list." } : null;
}

export function bodyOf(typed: Typed): PutPerson {
  const team = typed.team.trim();
  return { name: typed.name.trim(), role: typed.role, team: team === "" ? null : team };
}

export function typedOf(person: Person): Typed {
  return { ...person, team: person.team ?? "" };
}
