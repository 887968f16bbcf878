import type { Exporter } from "../contract/export.js";
import { json } from "./json.js";
import { markdown } from "./markdown.js";

/** The formats that can be written, in the order in which they are. */
export const exporters: readonly Exporter[] = [markdown, json];
