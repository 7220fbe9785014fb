// `bilan serve` with a configuration, a database and ports of its own.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { send, type Device } from "./hj212.ts";

const PROFILE = fileURLToPath(new URL("../../../profiles/jiulongpo", import.meta.url));

/** The instrument of 杨家坪. */
export const INSTRUMENT: Device = { mn: "50010700000000000000A424", password: "browser-test-7" };

/** Factor codes of the six pollutants in the order of the standard, with the units our instrument sends. */
const UNITS = {
  a34004: "µg/m³", // PM2.5
  a34002: "µg/m³", // PM10
  a05024: "µg/m³", // O3
  a21004: "µg/m³", // NO2
  a21026: "µg/m³", // SO2
  a21005: "mg/m³", // CO
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export interface Options {
  /** The path everything is served under. */
  basePath?: string;
  /** More TOML, after the sections that every test needs. */
  more?: string;
  /** Commands to be carried out before the server starts; what they print is in [`Portal.printed`]. */
  commands?: string[][];
}

export class Portal {
  private child: ChildProcess | undefined;
  private readonly log: string[] = [];
  /** What each command printed. */
  readonly printed: string[] = [];

  private constructor(
    /** Where the portal answers, base path included, with a slash at the end. */
    readonly url: string,
    readonly instruments: number,
    readonly folder: string,
  ) {}

  static async start(options: Options = {}): Promise<Portal> {
    const [port, instruments] = [await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), "bilan-browser-"));
    const basePath = options.basePath ?? "/";
    const portal = new Portal(`http://127.0.0.1:${port}${basePath}`, instruments, folder);
    writeFileSync(portal.config, configuration(port, instruments, folder, basePath) + (options.more ?? ""));
    for (const words of options.commands ?? []) {
      const options = { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] } as const;
      portal.printed.push(execFileSync(program(), [...words, "--config", portal.config], options));
    }
    await portal.up();
    return portal;
  }

  get config(): string {
    return join(this.folder, "bilan.toml");
  }

  /** Starts the server and waits for its line. */
  async up(): Promise<void> {
    const child = spawn(program(), ["serve", "--config", this.config], { stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    createInterface({ input: child.stderr }).on("line", (line) => this.log.push(line));
    const ready = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.log.push(line);
        if (line.startsWith("listening on ")) resolve();
      });
      child.once("exit", (code) => reject(new Error(`bilan serve ended with ${code}:\n${this.log.join("\n")}`)));
      setTimeout(() => reject(new Error(`bilan serve is not ready after 30 s:\n${this.log.join("\n")}`)), 30_000).unref();
    });
    await ready;
  }

  /** Ends the server; its database stays for the next [`up`]. */
  async down(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    child.removeAllListeners("exit");
    child.kill(signal);
    await once(child, "exit");
  }

  /** Sends a frame as an instrument; resolves when the reading is stored. */
  async push(frame: string): Promise<void> {
    const answer = await send(this.instruments, frame);
    if (!answer.includes("CN=9014")) throw new Error(`not accepted: ${answer.trim()}\n${this.log.slice(-5).join("\n")}`);
  }

  async end(): Promise<void> {
    await this.down("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function program(): string {
  const program = process.env.BILAN_BIN;
  if (!program) throw new Error("BILAN_BIN is not set; run `cargo xtask test --only browser`");
  return program;
}

function configuration(port: number, instruments: number, folder: string, basePath: string): string {
  const units = Object.entries(UNITS).map(([factor, unit]) => `${factor} = "${unit}"`);
  return `
[server]
listen = "127.0.0.1:${port}"
base_path = "${basePath}"
data_dir = "${join(folder, "data")}"
profile = "${PROFILE}"

[site]
allow_missing_identifiers = true

[ingest.hj212_tcp]
enabled = true
listen = "127.0.0.1:${instruments}"

[[ingest.hj212_tcp.devices]]
mn = "${INSTRUMENT.mn}"
password = "${INSTRUMENT.password}"
station = "1424A"
profile = "2017"
units = { ${units.join(", ")} }
`;
}
