import { attachTo, type Attached } from "../../src/attach/attach-to.js";
import { inOrder } from "../../src/attach/in-order.js";
import { attachmentFor } from "../../src/attach/attachment.js";
import type { AttachContext, Destination, Remote, Stage, Summary } from "../../src/contract/destination.js";
import type { AttachedRecord, WatchStore } from "../../src/contract/watch.js";
import { plain } from "../../src/kit/rich-text.js";
import { createWire } from "../../src/kit/wire/create-wire.js";
import type { VendorPolicy, WireFetch } from "../../src/kit/wire/types.js";
import { virtualClock } from "../support/virtual-clock.js";

export const START = Date.UTC(2026, 2, 4, 12) * 1000;
const INCIDENT = "2026-03-04-checkout";

/** A summary whose only highlight says `text`. */
export function summaryOf(text: string, stage: Stage = "open", more: Partial<Summary> = {}): Summary {
  return {
    incident: INCIDENT,
    title: "Checkout errors",
    stage,
    status: ["Open since 2026-03-04 12:00 UTC."],
    milestones: [{ name: "detected", label: "Detected", at: START, state: "found" }],
    highlights: [{ at: START, precisionMicros: 1, text: plain(text), url: null }],
    coverage: ["Everything that was asked was read, of 3 sources."],
    leftOut: null,
    roles: {},
    ...more,
  };
}

/** Thrown where a process would have been killed. */
class Killed extends Error {}

/** The process is killed at one step: a request to the vendor or a record, before it is done or after. */
export interface Kill {
  readonly step: number;
  readonly when: "before" | "after";
}

export class Memory implements Pick<WatchStore, "attached" | "putAttached"> {
  records = new Map<string, AttachedRecord>();
  attached(): Promise<readonly AttachedRecord[]> {
    return Promise.resolve([...this.records.values()]);
  }
  putAttached(record: AttachedRecord): Promise<void> {
    this.records.set(record.place, record);
    return Promise.resolve();
  }
}

export interface Rig {
  readonly connector: string;
  readonly destination: Destination<never>;
  readonly config: unknown;
  readonly wire: VendorPolicy;
  readonly hosts: readonly string[];
  readonly keys: readonly string[];
  readonly folder?: string;
}

/** Every place of the rig, as one process would do it. Returns what became of each, or null where it was killed. */
export async function attachAll(
  rig: Rig,
  summary: Summary,
  memory: Memory,
  kill: Kill | null = null,
): Promise<Attached["outcome"][] | null> {
  const clock = virtualClock(START);
  const wire = createWire({ clock, random: () => 0.5, limits: { headersMs: 2000, connectMs: 2000 } });
  let step = 0;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    const isHere = kill !== null && kill.step === step;
    step += 1;
    if (isHere && kill.when === "before") throw new Killed();
    const done = await work();
    if (isHere) throw new Killed();
    return done;
  };
  const way = wire.fetchToWriteFor(rig.connector, rig.wire, rig.hosts);
  const fetch: WireFetch = (input, init) => guarded(() => way(input, init));
  const records = { putAttached: (record: AttachedRecord) => guarded(() => memory.putAttached(record)) };
  const about = { id: INCIDENT, keys: rig.keys, span: { from: START, until: START + 3_600_000_000 } };
  const base = { config: rig.config, signal: new AbortController().signal, fetch, about, now: START, folder: rig.folder ?? "." };
  const outcomes: Attached["outcome"][] = [];
  const remotes = new Map<string, Remote | null>();
  try {
    for (const place of inOrder(rig.destination.places(rig.config as never, about))) {
      const within = place.within === undefined ? null : (remotes.get(place.within) ?? null);
      if (place.within !== undefined && within === null) continue;
      const files = [{ name: `${summary.incident}.md`, mediaType: "text/markdown", text: `# ${textOf(summary)}\n` }];
      const attachment = attachmentFor(place, INCIDENT, summary, files);
      const known = memory.records.get(place.id) ?? null;
      const context = { ...base, within } as unknown as AttachContext<never>;
      const { outcome, remote } = await attachTo(
        { incident: INCIDENT, connector: rig.connector, place, attachment, known },
        { destination: rig.destination, context, records, clock },
      );
      remotes.set(place.id, remote);
      outcomes.push(outcome);
    }
  } catch (error) {
    if (kill === null || kill.step >= step) throw error;
    return null;
  }
  return outcomes;
}

function textOf({ highlights }: Summary): string {
  return JSON.stringify(highlights.map(({ text }) => text));
}

/** Each place where a process can be killed, one after the other, until a run comes to its end. */
export async function killedEverywhere(run: (kill: Kill) => Promise<boolean>): Promise<number> {
  for (let step = 0; ; step += 1) {
    const before = await run({ step, when: "before" });
    const after = await run({ step, when: "after" });
    if (!before && !after) return step;
    if (step > 100) throw new Error("it does not end");
  }
}
