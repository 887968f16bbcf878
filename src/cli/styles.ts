import { styleText } from "node:util";

/** The few styles that we use, or none where they would be noise: a pipe, NO_COLOR, a dumb terminal. */
export interface Styles {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

export function stylesFor(stream: NodeJS.WriteStream): Styles {
  const style = (format: "bold" | "dim" | "red" | "green" | "yellow") => (text: string) => styleText(format, text, { stream });
  return { bold: style("bold"), dim: style("dim"), red: style("red"), green: style("green"), yellow: style("yellow") };
}

const plain = (text: string) => text;
export const NO_STYLES: Styles = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain };
