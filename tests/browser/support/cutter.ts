// A line between a browser and the server that breaks, at bytes that chance chooses, while reports travel on it.
import { EventEmitter, once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Dice = () => number;

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SENDINGS = {
  challenge: /^GET \S*api\/v1\/report\/challenge /,
  photo: /^(?:HEAD|PATCH|PUT) \S*api\/v1\/report\/photos\//,
  report: /^PUT \S*api\/v1\/reports\//,
};

/** What travels; pages and programs travel undisturbed. */
export type Sending = keyof typeof SENDINGS;

/** Where a line breaks: within the request, after the server has answered and before a byte of that, within the answer. */
export type Where = "request" | "unanswered" | "answer";

/** What is on its way on a connection. */
interface Exchange {
  kind: Sending;
  /** Bytes of the request that get through; without an end where it is not cut. */
  through: number;
  /** What becomes of the answer. */
  answer: "whole" | "none" | "part" | "held" | "stalled";
}

export class Cutter {
  /** How many of a hundred requests are cut somewhere. */
  percent = 0;
  /** True where there is no signal: nothing that belongs to a report gets through. */
  dead = false;
  /** What the browser has sent, byte for byte, where it is kept. */
  readonly sent: Buffer[] = [];
  keepsSent = false;
  readonly cuts: Record<`${Sending} ${Where}`, number> = Object.assign({});
  private held: (() => void) | undefined;
  private stalled: (() => void) | undefined;
  private readonly events = new EventEmitter();
  private readonly lines = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly to: number,
    private readonly roll: Dice,
  ) {
    server.on("connection", (browser) => this.line(browser));
  }

  /** A line to a port of this machine. */
  static async to(port: number, roll: Dice): Promise<Cutter> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Cutter(server, port, roll);
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the line is closed");
    return `http://127.0.0.1:${address.port}/`;
  }

  get count(): number {
    return Object.values(this.cuts).reduce((sum, cuts) => sum + cuts, 0);
  }

  /** Resolves when the server has answered the next report; the answer is held back until either end hangs up. */
  holdAnswer(): Promise<void> {
    return new Promise((resolve) => (this.held = resolve));
  }

  /** Resolves when the line has fallen silent within the next answer to a report: neither end hangs up. */
  stallAnswer(): Promise<void> {
    return new Promise((resolve) => (this.stalled = resolve));
  }

  /** Resolves at the next cut, or after a moment without one. */
  async cut(most_ms: number): Promise<void> {
    const over = new AbortController();
    await Promise.race([once(this.events, "cut", over), pause(most_ms, undefined, over)].map((either) => either.catch(() => undefined)));
    over.abort();
  }

  async close(): Promise<void> {
    for (const line of this.lines) line.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  private line(browser: Socket): void {
    const server = connect(this.to, "127.0.0.1");
    for (const end of [browser, server]) {
      this.lines.add(end.setNoDelay());
      end.on("error", () => undefined);
    }
    let exchange: Exchange | undefined;
    browser.on("data", (bytes: Buffer) => {
      if (this.keepsSent) this.sent.push(bytes);
      if (/^[A-Z]+ \//.test(bytes.toString("latin1", 0, 8))) exchange = this.begin(bytes.toString("latin1"), bytes.length);
      if (exchange === undefined || exchange.through >= bytes.length) {
        if (exchange) exchange.through -= bytes.length;
        server.write(bytes);
      } else {
        server.write(bytes.subarray(0, exchange.through));
        this.break(exchange.kind, "request", browser, server);
      }
    });
    server.on("data", (bytes: Buffer) => {
      if (exchange === undefined || exchange.answer === "whole") return browser.write(bytes);
      if (exchange.answer === "none") return this.break(exchange.kind, "unanswered", browser, server);
      if (exchange.answer === "part") {
        browser.write(bytes.subarray(0, Math.floor(this.roll() * bytes.length)));
        return this.break(exchange.kind, "answer", browser, server);
      }
      if (exchange.answer === "stalled") {
        browser.write(bytes.subarray(0, bytes.indexOf("\r\n\r\n") + 8));
        // Nor does the browser hear that the server has hung up.
        server.removeAllListeners("data").removeAllListeners("close").resume();
        this.stalled?.();
        this.stalled = undefined;
        return;
      }
      this.held?.();
      this.held = undefined;
    });
    browser.on("close", () => server.destroy());
    server.on("close", () => browser.destroy());
    for (const end of [browser, server]) end.on("close", () => this.lines.delete(end));
  }

  /** Decides what will become of a request, whose first bytes these are. */
  private begin(head: string, length: number): Exchange | undefined {
    const kind = (Object.keys(SENDINGS) as Sending[]).find((kind) => SENDINGS[kind].test(head));
    if (kind === undefined) return undefined;
    const whole: Exchange = { kind, through: Infinity, answer: "whole" };
    if (this.dead) return { ...whole, through: 0 };
    if (kind === "report" && this.stalled) return { ...whole, answer: "stalled" };
    if (kind === "report" && this.held) return { ...whole, answer: "held" };
    if (this.roll() * 100 >= this.percent) return whole;
    const body = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const total = Math.max(length, head.indexOf("\r\n\r\n") + 4 + body);
    const where = Math.floor(this.roll() * 3);
    if (where === 0) return { ...whole, through: Math.floor(this.roll() * total) };
    return { ...whole, answer: where === 1 ? "none" : "part" };
  }

  /** Cuts, sometimes with a farewell (FIN) and sometimes without (RST). */
  private break(kind: Sending, where: Where, browser: Socket, server: Socket): void {
    if (!this.dead) this.cuts[`${kind} ${where}`] = (this.cuts[`${kind} ${where}`] ?? 0) + 1;
    server.removeAllListeners("data");
    browser.removeAllListeners("data");
    if (this.roll() < 0.5) {
      server.end();
      browser.end();
    } else {
      server.resetAndDestroy();
      browser.resetAndDestroy();
    }
    this.events.emit("cut");
  }
}
