// The real server with the demonstration profile, once at the root and once under a base path, and the system's
// Chromium; `cargo xtask test --only browser` sets the environment. Tests use relative addresses, so that those
// tagged @core hold under both.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run \`cargo xtask test --only browser\``);
  return value;
}

/** Enough for every chart and for a month of sealed data; the seed makes the numbers the same on every run. */
const HISTORY_DAYS = 60;
const SEED = 500_107;

const ports = { root: Number(required("BILAN_PORT")), env: Number(required("BILAN_PORT_UNDER_BASE")) };

function demonstration(port: number, basePath: string) {
  const data = join(tmpdir(), `bilan-browser-${port}-${process.ppid}`);
  const options = `--listen 127.0.0.1:${port} --base-path ${basePath} --data-dir "${data}"`;
  return {
    command: `exec "${required("BILAN_BIN")}" demo ${options} --history-days ${HISTORY_DAYS} --seed ${SEED}`,
    url: `http://127.0.0.1:${port}${basePath}readyz`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 5_000 },
  };
}

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  reporter: [["list"]],
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: required("BILAN_CHROMIUM"),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "root", use: { baseURL: `http://127.0.0.1:${ports.root}/` } },
    { name: "under-base", grep: /@core/, use: { baseURL: `http://127.0.0.1:${ports.env}/env/` } },
  ],
  webServer: [demonstration(ports.root, "/"), demonstration(ports.env, "/env/")],
});
