import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { sha256 } from "./hash.js";

const HOST = sha256(hostname()).slice(0, 8);

/** Hidden, new and unguessable; it stands in the same folder as the file that it becomes, and says which process made it. */
export function temporaryName(name: string): string {
  return `${beginning(name)}${process.pid}-${HOST}-${randomBytes(12).toString("hex")}.tmp`;
}

/** Whether it is a temporary file for `name` of a process of this machine that is no more: nobody will finish it. */
export function isLeftover(entry: string, name: string): boolean {
  if (!entry.startsWith(beginning(name))) return false;
  const [, pid, host] = /^(\d{1,10})-([0-9a-f]{8})-[0-9a-f]{24}\.tmp$/.exec(entry.slice(beginning(name).length)) ?? [];
  return host === HOST && !isAlive(Number(pid));
}

function beginning(name: string): string {
  return `.${name.slice(0, 100)}.`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
