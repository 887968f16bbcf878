import { UnsafeWriteError } from "../../kit/errors.js";
import { replaceFile } from "../replace-file.js";
import { readOwnersFile } from "./read.js";

/**
 * A file that its owner has closed is not rebuilt. `reopen`: it goes back to review, and is.
 * @throws {UnsafeWriteError}
 */
export async function refuseClosed(path: string, reopen: boolean): Promise<void> {
  const { text } = await readOwnersFile(path);
  const status = text === null ? null : statusIn(text);
  if (text === null || status?.value !== "closed") return;
  if (!reopen) {
    throw new UnsafeWriteError(`${path} is closed, says its front matter. It was not rebuilt.`, {
      id: "OWNER_FILE_CLOSED",
      hint: "Build with --reopen, which sets it back to `in review`, or into another folder with --out.",
    });
  }
  await replaceFile(path, text, text.slice(0, status.from) + text.slice(status.from).replace(/closed/i, "in review"));
}

/** The value of `status:` in the front matter, and where its line begins. */
function statusIn(text: string): { readonly value: string; readonly from: number } | null {
  const front = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (front === null) return null;
  let from = front[0].length;
  for (const line of text.slice(from).split("\n")) {
    if (line.trimEnd() === "---") return null;
    if (line.startsWith("status:")) return { value: valueOf(line), from };
    from += line.length + 1;
  }
  return null;
}

function valueOf(line: string): string {
  const [value = ""] = line.slice("status:".length).split("#");
  return value
    .trim()
    .replace(/^["']|["']$/g, "")
    .toLowerCase();
}
