/**
 * What people wrote, as a small tree: each vendor's markup is read once, in its connector, and never again.
 * Text here is data; renderers (`src/kit/rich-text.ts`) escape it for plain text, Markdown and, later, HTML.
 */
export interface TextStyle {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

export type Inline =
  /** Literal text; "\n" is a line break. Emoji are Unicode where known, else `:name:`. */
  | { readonly type: "text"; readonly text: string; readonly style?: TextStyle }
  /** `url` as the source gave it: a renderer links only http, https and mailto. */
  | { readonly type: "link"; readonly url: string; readonly text: string }
  /** A mention. `account` is the id inside the connector that wrote it (Slack user id, GitHub login). */
  | { readonly type: "account"; readonly connector: string; readonly account: string }
  /** Stands where a person was named, after normalizing. `person` is a key of the draft's `people`. */
  | { readonly type: "role"; readonly person: string };

export type Block =
  | { readonly type: "paragraph"; readonly inlines: readonly Inline[] }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "quote"; readonly inlines: readonly Inline[] }
  | {
      readonly type: "list";
      readonly ordered: boolean;
      /** 0 for the outermost level. */
      readonly indent: number;
      /** The number of the first item of an ordered list. */
      readonly start: number;
      readonly items: readonly (readonly Inline[])[];
    };

export type RichText = readonly Block[];
