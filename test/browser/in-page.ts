/**
 * What is looked up inside the page, as expressions for `evaluate`: texts, so that the names of a browser do not become
 * names of the whole project.
 */
export interface Measured {
  readonly width: number;
  readonly background: string;
  readonly charts: readonly number[];
  readonly shaded: number;
  readonly bands: number;
}

export const MEASURE = `({
  width: document.documentElement.scrollWidth,
  background: getComputedStyle(document.body).backgroundColor,
  charts: [...document.querySelectorAll(".plot svg")].map((svg) => svg.getBoundingClientRect().width),
  shaded: document.querySelectorAll("svg .anomaly").length,
  bands: document.querySelectorAll("svg .band").length,
})`;

/** One line for each rule that is broken, with the elements. */
export const VIOLATIONS = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(" | ")))`;

/** Before anything of the page runs. */
export const LISTEN_FOR_SCRIPTS = `globalThis.ran = false; globalThis.alert = () => { globalThis.ran = true; };`;

/** Whether a script ran, or something is there that could run one. Links are touched first. */
export const ANYTHING_RUNS = `(async () => {
  for (const link of document.querySelectorAll("a")) link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const elements = [...document.querySelectorAll("*")];
  const tags = elements.map(({ tagName }) => tagName.toLowerCase()).filter((tag) =>
    ["script", "iframe", "img", "object", "embed", "form", "animate", "math", "base"].includes(tag));
  const attributes = elements.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith("on") || name.startsWith("src"));
  const links = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")).filter((href) => !/^(#|https?:|mailto:)/.test(href));
  return globalThis.ran || tags.length + attributes.length + links.length > 0;
})()`;
