import type { AnyExporter } from "../contract/export.js";
import { csv } from "./csv.js";
import { html } from "./html.js";
import { json } from "./json.js";
import { jsonl } from "./jsonl.js";
import { markdown } from "./markdown.js";

/** The formats that can be written, in the order in which they are. */
export const exporters: readonly AnyExporter[] = [markdown, json, csv, jsonl, html];
export { BUILTIN_TEMPLATES, DEFAULT_TEMPLATE } from "./markdown/templates.js";
export { parseTemplate } from "./markdown/parse-template.js";
