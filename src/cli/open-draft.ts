import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, type ResolvedConfig } from "../config/index.js";
import type { BuildBefore, RememberedBuild } from "../contract/history.js";
import type { IncidentRecord, Store } from "../contract/store.js";
import { draftFromStore, type DraftBasis, type DraftFromStore, type DraftPorts } from "../draft-from-store.js";
import type { OwnersFile } from "../merge/index.js";
import { rememberedBasis } from "../remembered-basis.js";
import { UsageError } from "../kit/errors.js";
import type { Io } from "./io.js";
import { chooseIncident, refuseOlderStore, withStore } from "./read-store.js";
import { rosterOf } from "./open-build.js";

export interface OpenDraft extends DraftFromStore {
  /** What it was made of: for the drafts of other audiences. */
  readonly basis: DraftBasis;
  readonly ports: DraftPorts;
  readonly build: RememberedBuild;
  /** What it is compared with, if there is one. */
  readonly before: BuildBefore | null;
  /** The file that the owner edits, as it stands. */
  readonly file: OwnersFile;
  readonly config: ResolvedConfig;
  readonly store: Store;
}

/** The draft of one incident as its last build asked for it, from the store: neither network nor token is needed. */
export async function withDraft<T>(
  flags: { readonly config?: string; readonly incident?: string; readonly highlights?: number; readonly dryRun?: boolean },
  io: Io,
  work: (open: OpenDraft) => T | Promise<T>,
): Promise<T> {
  const request = { path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors };
  const config = await loadConfig({ ...request, secrets: "not needed" });
  if (flags.dryRun === true) await refuseOlderStore(config.store);
  return withStore(config.store, async (store) => {
    const record = await chooseIncident(store, flags.incident);
    const remembered = await rememberedBasis(record, rosterOf(config));
    if (remembered === null) throw tooOld(record);
    const { build, history, file } = remembered;
    if (build.fingerprint !== config.fingerprint)
      io.err.write(
        "note: the config is not the one of the last build; this is what that build asked for. Build again to see the difference.\n",
      );
    const basis = flags.highlights === undefined ? remembered.basis : { ...remembered.basis, highlights: flags.highlights };
    const ports = { store, connectors: builtinConnectors.map((connector) => ({ connector })), progress: () => {} };
    return work({ ...(await draftFromStore(basis, ports)), basis, ports, build, before: history.before ?? null, file, config, store });
  });
}

function tooOld({ id }: IncidentRecord): UsageError {
  return new UsageError(`${id} was last built by an earlier version, which did not keep what it asked for.`, {
    id: "INCIDENT_OLD",
    hint: "Build it once more.",
  });
}
