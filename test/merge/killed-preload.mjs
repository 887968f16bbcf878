// Loaded into a child before anything else: the n-th call of the file system ends the process, or fails as a full disk does.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [how, wanted] = [process.env.HOW, Number(process.env.STEP)];
let step = 0;

async function before(name, half) {
  step += 1;
  if (step !== wanted) return;
  fs.writeSync(1, "interrupted");
  await half?.();
  if (how === "kill") process.kill(process.pid, "SIGKILL");
  throw Object.assign(new Error(`${name}: no space left on device`), { code: "ENOSPC" });
}

function wrapHandle(handle) {
  for (const name of ["writeFile", "chmod", "sync"]) {
    const real = handle[name].bind(handle);
    handle[name] = async (...args) => {
      await before(name, name === "writeFile" ? () => real(args[0].slice(0, args[0].length / 2)) : undefined);
      return real(...args);
    };
  }
  return handle;
}

const { open, rename } = fs.promises;
fs.promises.open = async (...args) => {
  await before("open");
  return wrapHandle(await open(...args));
};
fs.promises.rename = async (...args) => {
  await before("rename");
  await rename(...args);
  await before("renamed");
};
syncBuiltinESMExports();
