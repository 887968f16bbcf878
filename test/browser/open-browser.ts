import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const CACHE = join(import.meta.dirname, "../../node_modules/.cache");
const HOME = join(CACHE, "chromium");

const isCalled = (family: string, really: string) => `<alias><family>${family}</family><prefer><family>${really}</family></prefer></alias>`;

/** Its own fonts, and those of the machine where there are any. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(HOME, "fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${join(HOME, "fonts-cache")}</cachedir>
  ${["system-ui", "sans-serif"].map((family) => isCalled(family, "Open Sans")).join("")}${isCalled("monospace", "DejaVu Sans Mono")}
</fontconfig>
`;

/** The Chromium of the development tools, or why there is none here. */
export async function openBrowser(): Promise<Browser | { readonly reason: string }> {
  try {
    await unpack();
    return await chromium.launch({
      executablePath: join(HOME, "chromium"),
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
      env: { ...definedOf(process.env), LD_LIBRARY_PATH: join(HOME, "al2023/lib"), FONTCONFIG_FILE: join(HOME, "fonts.conf") },
    });
  } catch (error) {
    return { reason: `Chromium cannot start here: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}` };
  }
}

/** With the libraries that a bare machine lacks. The package unpacks into the temporary folder, which is named by the environment. */
async function unpack(): Promise<void> {
  if (existsSync(HOME)) return;
  const partial = join(CACHE, `chromium-${process.pid}`);
  mkdirSync(partial, { recursive: true });
  const before = { TMPDIR: process.env["TMPDIR"], AWS_LAMBDA_JS_RUNTIME: process.env["AWS_LAMBDA_JS_RUNTIME"] };
  try {
    Object.assign(process.env, { TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" });
    const { default: packed } = await import("@sparticuz/chromium");
    await packed.executablePath();
    writeFileSync(join(partial, "fonts.conf"), FONTS);
    renameSync(partial, HOME);
  } finally {
    rmSync(partial, { recursive: true, force: true });
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
