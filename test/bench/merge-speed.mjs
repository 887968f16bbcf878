/**
 * What a merge of a large owner's file costs, and how that grows: 5,000 and 50,000 entries, edited here and there.
 * Usage: npm run build && node test/bench/merge-speed.mjs
 */
import { mergeFile } from "../../dist/src/merge/owner-file/merge-file.js";

const SIZES = [5_000, 50_000];
const ROUNDS = 3;

/** A document of that many entries, in the units that the exporter makes. */
function generated(count, change) {
  const units = [{ key: "title", section: "title", text: "# Large", gap: 2 }];
  units.push({ key: "timeline", section: "timeline", text: "## Timeline", gap: 2 });
  for (let number = 0; number < count; number++) {
    const id = `e${String(number).padStart(15, "0")}`;
    const clock = new Date(Math.floor(number * (86_000_000 / count))).toISOString().slice(11, 19);
    const head = `- **${clock}** `;
    const said = change !== null && number % change === 0 ? "said otherwise by now" : "responder B: the queue is growing again";
    const tail = ` ([#inc](<https://example.com/archives/C1/p${number}>))`;
    const entry = { id, form: "timeline", flagAt: head.length, lead: "", tail, clock, urls: [], evidence: [id], known: [] };
    units.push({ key: `e:${id}`, section: "timeline", text: `${head}${said}, message ${number}${tail}`, gap: number === 0 ? 2 : 1, entry });
  }
  return { incident: "large", drafted: new Set(units.flatMap(({ entry }) => (entry ? [entry.id] : []))), roles: [], render: () => units };
}

const medians = SIZES.map((count) => {
  const first = mergeFile(null, generated(count, null)).text;
  const mine = first
    .split("\n")
    .map((line, at) => (at % 17 === 5 && line.startsWith("- ") ? `${line} mine` : line))
    .join("\n");
  const next = generated(count, 13);
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    const merged = mergeFile(mine, next);
    if (merged.action !== "write") throw new Error(merged.action);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  console.log(`${count} entries: ${times[1].toFixed(0)} ms of CPU (median of ${ROUNDS})`);
  return times[1];
});
console.log(`${SIZES[1] / SIZES[0]} times the entries take ${(medians[1] / medians[0]).toFixed(1)} times as long`);
