import { spawn } from "node:child_process";
import { once } from "node:events";

interface PagedStream {
  write(text: string): unknown;
  readonly rows?: number;
  readonly columns?: number;
}

/** What `less` does when nobody says otherwise: quit when it fits, pass colours on, leave the text on the screen. As git does. */
const LESS = "FRX";

/**
 * Shows a result on a terminal, through $PAGER (else less) where it is longer than the screen. A pager that is not there
 * is no failure, nor is one that is quit early. The command of $PAGER is split at spaces and run without a shell.
 */
export async function showPaged(text: string, stdout: PagedStream, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const [command, ...flags] = (env["TIMELINE_PAGER"] ?? env["PAGER"] ?? "less").split(" ").filter((part) => part !== "");
  if (command === undefined || command === "cat" || fits(text, stdout)) {
    stdout.write(text);
    return;
  }
  const isShown = await throughPager(command, flags, text, { ...env, LESS: env["LESS"] ?? LESS });
  if (!isShown) stdout.write(text);
}

function fits(text: string, { rows, columns }: PagedStream): boolean {
  if (rows === undefined || rows === 0 || columns === undefined || columns === 0) return true;
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  return lines <= rows;
}

/** @returns whether the pager could be run. */
async function throughPager(command: string, flags: readonly string[], text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const pager = spawn(command, flags, { stdio: ["pipe", "inherit", "inherit"], env });
  // Whoever quits before the end has read enough.
  pager.stdin.on("error", () => {});
  const ended = once(pager, "close").then(
    () => true,
    () => false,
  );
  pager.stdin.end(text);
  return ended;
}
