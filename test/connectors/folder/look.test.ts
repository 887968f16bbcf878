import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { looker } from "../../../connectors/folder/look.js";
import { instant } from "../../support/build-fixture.js";

const NOW = instant("2026-03-04T12:00:00Z");
const INCIDENT = { title: "Checkout errors", start: "2026-03-04T12:20:00.250+01:00" };

function folderOf(files: Readonly<Record<string, string | Uint8Array | object>>) {
  const folder = mkdtempSync(join(tmpdir(), "incidents-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    const written = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(path, written ? content : JSON.stringify(content));
    utimesSync(path, NOW / 1e6 - 3600, NOW / 1e6 - 3600);
  }
  return folder;
}

function look(folder: string, since = 0) {
  const config = { incidents: ".", attach: [] };
  const fetch = () => Promise.reject(new Error("nothing is asked"));
  return looker.look({ config, folder, now: NOW, since, fetch, signal: new AbortController().signal });
}

async function problemOf(content: string | Uint8Array | object) {
  const { problems, reports } = await look(folderOf({ "bad.json": content, "good.json": INCIDENT }));
  expect(reports.map(({ key }) => key)).toEqual(["folder:good"]);
  return problems[0];
}

describe("a folder of incident files", () => {
  it("is watched only where it is named", () => {
    expect(looker.watches({ incidents: null, attach: [] })).toEqual([]);
    expect(looker.watches({ incidents: "inc", attach: [] })).toEqual(["incident files in inc"]);
  });

  it("tells of each file, by its id or its name and never by its title", async () => {
    const url = "https://acme.example/i/7";
    const folder = folderOf({
      "a.json": INCIDENT,
      "b.json": { ...INCIDENT, id: "inc-7", end: "2026-03-04T11:50:00Z", severity: "SEV1", url, services: ["checkout"], channels: ["ops"] },
      "notes.txt": "no",
      ".hidden.json": "no",
    });

    const { reports, problems } = await look(folder);

    expect(problems).toEqual([]);
    expect(reports).toEqual([
      {
        key: "folder:a",
        name: "a",
        title: "Checkout errors",
        start: instant("2026-03-04T11:20:00.250Z"),
        end: null,
        severity: null,
        url: null,
        visibility: "public",
        also: {},
        wishes: { services: [], only: {}, destinations: null },
        marks: ["folder:a"],
      },
      expect.objectContaining({
        key: "folder:inc-7",
        id: "inc-7",
        name: "inc-7",
        severity: "SEV1",
        wishes: { services: ["checkout"], only: { channels: ["ops"] }, destinations: null },
        marks: ["folder:inc-7", "id:inc-7", `url:${url}`],
      }),
    ]);
  });

  it("leaves out what was over before", async () => {
    const folder = folderOf({ "old.json": { ...INCIDENT, end: "2026-03-04T11:30:00Z" }, "open.json": INCIDENT });

    expect((await look(folder, instant("2026-03-04T11:45:00Z"))).reports.map(({ name }) => name)).toEqual(["open"]);
  });

  it.each<[string, string | Uint8Array | object, string]>([
    ["half of one", '{"title": "Che', "it is not JSON"],
    ["nothing", "", "it is not JSON"],
    ["bytes that are no text", new Uint8Array([0x7b, 0xff, 0x7d]), "it is not UTF-8"],
    ["depth", "[".repeat(100_000), "it has more than 24 levels"],
    ["a prototype", '{"__pro\\u0074o__": {"polluted": true}, "title": "T", "start": "2026-03-04T11:20:00Z"}', "it has a key __proto__"],
    ["300 KB", JSON.stringify({ ...INCIDENT, summary: "x".repeat(300_000) }), "it is larger than 256 KB"],
    ["another thing", { name: "package" }, "is not as schema/incident.schema.json says"],
    ["an unknown key", { ...INCIDENT, chanels: [] }, "is not as schema/incident.schema.json says"],
    ["an end before its start", { ...INCIDENT, end: "2026-03-04T11:00:00Z" }, "its end is before its start"],
    ["a start in the future", { ...INCIDENT, start: "2026-03-04T12:06:00Z" }, "it begins in the future"],
    ["an id that is a path", { ...INCIDENT, id: "../../etc/passwd" }, "its id has other characters than A-Z a-z 0-9 . _ -"],
  ])("tells of %s, and goes on with the others", async (_, content, text) => {
    const problem = await problemOf(content);

    expect(problem?.place).toBe("bad.json");
    expect(problem?.text).toContain(text);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("says of one that was written a moment ago that it may be unfinished", async () => {
    const folder = folderOf({ "bad.json": '{"title": ' });
    utimesSync(join(folder, "bad.json"), NOW / 1e6 - 1, NOW / 1e6 - 1);

    expect((await look(folder)).problems).toEqual([{ place: "bad.json", text: "it is not JSON: perhaps it is still being written" }]);
  });

  it("follows no link, opens no folder, takes no other name, and one id once", async () => {
    const folder = folderOf({ "1.json": { ...INCIDENT, id: "x" }, "2.json": { ...INCIDENT, id: "x" }, "Anna Müller.json": INCIDENT });
    mkdirSync(join(folder, "3.json"));
    symlinkSync(join(folderOf({ "secret.json": INCIDENT }), "secret.json"), join(folder, "4.json"));

    const { reports, problems } = await look(folder);

    expect(reports.map(({ key }) => key)).toEqual(["folder:x"]);
    expect(problems).toEqual([
      { place: "2.json", text: "another file has the same id" },
      { place: "3.json", text: "it is no ordinary file" },
      { place: "4.json", text: "it is a link: links are not followed" },
      { place: "Anna Müller.json", text: "its name has other characters than A-Z a-z 0-9 . _ -" },
    ]);
  });

  it("fails as a whole when there is no folder", async () => {
    await expect(look("/does/not/exist")).rejects.toMatchObject({ action: "retry", connector: "folder" });
  });
});
