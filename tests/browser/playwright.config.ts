// The real server with the demonstration profile, and the system's Chromium; `cargo xtask test --only browser` sets the
// environment. Tests use relative addresses, so that they also hold under a base path.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run \`cargo xtask test --only browser\``);
  return value;
}

const origin = `http://127.0.0.1:${required("BILAN_PORT")}`;
const data = join(tmpdir(), `bilan-browser-${required("BILAN_PORT")}-${process.ppid}`);

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  reporter: [["list"]],
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 30_000,
  use: {
    baseURL: `${origin}/`,
    locale: "zh-CN",
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
  webServer: {
    command: `"${required("BILAN_BIN")}" demo --listen 127.0.0.1:${process.env.BILAN_PORT} --data-dir "${data}"`,
    url: `${origin}/healthz`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
  },
});
