// For programs outside of Playwright: a demonstration of its own, and the system's Chromium.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; \`cargo xtask bench\` sets it`);
  return value;
}

/** Flags under which Chromium runs as root, alone and without a network of its own. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts `bilan demo` on a free port; BILAN_URL names one that runs already. */
export async function demonstration(historyDays = 60) {
  if (process.env.BILAN_URL) return { url: process.env.BILAN_URL, end: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "bilan-demo-"));
  const options = ["demo", "--listen", "127.0.0.1:0", "--data-dir", folder, "--history-days", String(historyDays)];
  const child = spawn(required("BILAN_BIN"), options, { stdio: ["ignore", "pipe", "ignore"] });
  const url = await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`bilan demo ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /^listening on (\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  const end = async () => {
    child.removeAllListeners("exit");
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, end };
}

/** The value below which `share` of the measurements lie. */
export function percentile(measurements, share) {
  const sorted = [...measurements].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
