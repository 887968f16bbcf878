import { z } from "zod";

const Finding = z.strictObject({
  rule: z.string(),
  line: z.int().positive(),
  column: z.int().positive().describe("In UTF-16 units, from 1"),
  endLine: z.int().positive(),
  endColumn: z.int().positive().describe("Behind the last character"),
  text: z.string(),
  explanation: z.string(),
  rewrite: z.string(),
});

export const LintJson = z
  .strictObject({
    format: z.literal("incident-timeline-lint/1"),
    files: z.array(z.strictObject({ file: z.string().describe("As it was named; - is standard input"), findings: z.array(Finding) })),
  })
  .meta({ title: "Findings of the language check", description: "What `timeline lint --format json` writes" });
