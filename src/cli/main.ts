#!/usr/bin/env node
import { unsupportedNode } from "./node-version.js";

// Before anything native is loaded: the SQLite addon crashes without a word on a Node it was not built for.
const problem = unsupportedNode(process.versions.node);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
} else {
  const { run } = await import("./run.js");
  const { processIo } = await import("./io.js");
  const io = processIo();
  process.exitCode = await run(process.argv.slice(2), io);
  io.release();
}
