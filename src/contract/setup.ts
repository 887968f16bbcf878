import type { DiagnoseContext } from "./connector.js";

/** One thing that a section may name. */
export interface Offer {
  readonly name: string;
  /** What the owner wants to know of it: "not joined"; null: nothing. */
  readonly note: string | null;
}

/** What `timeline init` needs to write a first section. */
export interface Setup<Config> {
  /** The list of the section that it asks for: a key of `config.selects`. */
  readonly list: string;
  /** How one of them is written, for the question. */
  readonly example: string;
  /** What is taken where nobody is asked and the credentials are there; null: the section is left out then. */
  readonly usual: readonly string[] | null;
  /** The members of the section that name these. */
  section(names: readonly string[]): Readonly<Record<string, unknown>>;
  /** What there is to choose from. @throws {SourceError} when the credentials do not let it be listed. */
  offers?(context: DiagnoseContext<Config>): Promise<readonly Offer[]>;
  /** How to come by the credentials, in one line. */
  readonly credentials: string;
  /** An app's manifest with just the permissions that are needed, as the vendor takes it. */
  readonly manifest?: string;
}
