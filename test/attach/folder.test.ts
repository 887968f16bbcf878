import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import type * as FileSystem from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AttachSection } from "../../connectors/folder/attach/config.js";
import { attach } from "../../connectors/folder/attach/index.js";
import { attachTo } from "../../src/attach/index.js";
import type { Attachment, Place } from "../../src/contract/destination.js";
import { killedEverywhere, Memory, START, summaryOf, type Kill } from "./rig.js";

/** A process that is killed at one of the acts that change the folder. */
let kill: Kill | null = null;
let acts = 0;
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof FileSystem>();
  const killed =
    <Arguments extends unknown[], Result>(act: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      const isHere = kill?.step === acts;
      acts += 1;
      if (isHere && kill?.when === "before") throw new Error("killed");
      const result = await act(...args);
      if (isHere) throw new Error("killed");
      return result;
    };
  return { ...real, rename: killed(real.rename), unlink: killed(real.unlink) };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "timeline-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = { attach: AttachSection.parse([{ path: "reports", readers: "organisation" }]) };
const [place] = attach.places(config, { id: "x", keys: [], span: { from: START, until: START } }) as [Place];
const at = (name: string) => join(folder, "reports", name);
const shown = () => readdirSync(join(folder, "reports")).filter((name) => !name.startsWith("."));

function attachmentOf(text: string, names = ["a.md", "a.json"]): Attachment {
  const files = names.map((name) => ({ name, mediaType: "text/plain", text: `${name} ${text}` }));
  return { marker: "incident-timeline:0123", hash: text, summary: summaryOf(text), files };
}

/** As a process does it that may be killed on the way: "killed" then. */
async function run(text: string, memory: Memory, names?: string[]): Promise<string> {
  const attachment = attachmentOf(text, names);
  const task = { incident: "x", connector: "folder", place, attachment, known: memory.records.get(place.id) ?? null };
  const context = { folder, config } as never;
  return attachTo(task, { destination: attach, context, records: memory, clock: { now: () => START } }).then(
    ({ outcome }) => outcome,
    (error: Error) => error.message,
  );
}

describe("attaching to a folder", () => {
  it("writes the files of an incident, and keeps them up to date", async () => {
    const memory = new Memory();

    expect(await run("first", memory)).toBe("created");
    expect(await run("first", memory)).toBe("unchanged");
    expect(await run("second", memory)).toBe("updated");
    expect(shown()).toEqual(["a.json", "a.md"]);
    expect(readFileSync(at("a.md"), "utf8")).toBe("a.md second");
    expect(await run("third", memory, ["a.md"])).toBe("updated");
    expect(shown()).toEqual(["a.md"]);
  });

  it.each([
    ["with what it remembers", false],
    ["with its memory lost", true],
  ])("holds the last state and nothing beside it after it was killed at each single step, %s", async (_how, isLost) => {
    const steps = await killedEverywhere(async (step) => {
      rmSync(join(folder, "reports"), { recursive: true, force: true });
      const memory = new Memory();
      await run("first", memory, ["a.md", "a.csv"]);
      [kill, acts] = [step, 0];
      const outcome = await run("second", memory);
      const isReached = acts > step.step;
      kill = null;
      if (isLost) memory.records.clear();
      for (const name of ["a.md", "a.csv"])
        if (existsSync(at(name))) expect(readFileSync(at(name), "utf8")).toMatch(/^a\.\w+ (?:first|second)$/);
      expect(await run("third", memory)).toBe("updated");

      expect(shown()).toEqual(["a.json", "a.md"]);
      expect(shown().map((name) => readFileSync(at(name), "utf8"))).toEqual(["a.json third", "a.md third"]);
      expect(isReached || outcome === "updated").toBe(true);
      return isReached;
    });
    expect(steps).toBeGreaterThan(4);
  });

  it("is made after all when the first run was killed before a file stood there", async () => {
    await killedEverywhere(async (step) => {
      rmSync(join(folder, "reports"), { recursive: true, force: true });
      const memory = new Memory();
      [kill, acts] = [step, 0];
      await run("first", memory);
      const isReached = acts > step.step;
      kill = null;
      await run("second", memory);

      expect(shown().map((name) => readFileSync(at(name), "utf8"))).toEqual(["a.json second", "a.md second"]);
      return isReached;
    });
  });

  it("leaves alone what somebody else wrote or changed, and writes nothing then", async () => {
    const memory = new Memory();
    mkdirSync(join(folder, "reports"));
    writeFileSync(at("a.json"), "somebody's");
    expect(await run("first", memory)).toMatch(/^a\.json was changed by somebody, or is somebody else's/);
    expect(shown()).toEqual(["a.json"]);
    unlinkSync(at("a.json"));
    expect(await run("first", memory)).toBe("created");
    writeFileSync(at("a.md"), "edited");

    expect(await run("second", memory)).toMatch(/^a\.md was changed/);
    expect(readFileSync(at("a.md"), "utf8")).toBe("edited");
    expect(readFileSync(at("a.json"), "utf8")).toBe("a.json first");
  });

  it("follows no link", async () => {
    mkdirSync(join(folder, "reports"));
    writeFileSync(join(folder, "elsewhere"), "mine");
    symlinkSync(join(folder, "elsewhere"), at("a.md"));

    expect(await run("first", new Memory())).toMatch(/cannot be written \(ELOOP\)/);
    expect(readFileSync(join(folder, "elsewhere"), "utf8")).toBe("mine");
  });

  it("stays away where somebody deleted the files", async () => {
    const memory = new Memory();
    await run("first", memory);
    for (const name of shown()) unlinkSync(at(name));

    expect(await run("second", memory)).toBe("gone");
    expect(await run("third", memory)).toBe("gone");
    expect(shown()).toEqual([]);
  });

  it("says what keeps it from writing", async () => {
    writeFileSync(join(folder, "reports"), "a file");

    expect(await run("first", new Memory())).toMatch(/^The folder reports cannot be written \(/);
  });
});
