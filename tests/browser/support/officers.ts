// A demonstration of its own, and its officers: who they are is printed as it starts.
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, type Page } from "@playwright/test";
import type { Lang } from "./words.ts";

const read = (lang: Lang): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../../crates/console/locales/${lang}.json`, import.meta.url), "utf8"));
const SENTENCES: Record<Lang, Record<string, string>> = { "zh-CN": read("zh-CN"), en: read("en") };

/** The console's sentence of a key, `{name}` filled in. */
export function say(lang: Lang, key: string, fill: Record<string, string | number> = {}): string {
  const sentence = SENTENCES[lang][key];
  if (sentence === undefined) throw new Error(`the console has no sentence ${key} in ${lang}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name]));
}

interface Officer {
  name: string;
  password: string;
  secret: string;
  /** The step of the last code: each is taken once. */
  used: number;
}

/** How a demonstration is started. */
interface Start {
  folder: string;
  /** Days by which its clock runs ahead. */
  daysAhead: number;
}

/** `  triage        correct-horse  123456  otpauth://totp/…?secret=…&…`: the code printed has expired by the time it is read. */
const LINE = /^\s+([a-z]+)\s+(\S+)\s+\d{6}\s+otpauth:\S*[?&]secret=([A-Z2-7]+)/;

const CALLED: Record<string, string> = {
  triage: "受理员", handler: "办理员", verifier: "核查员", payer: "发放员", publisher: "发布员",
  administrator: "系统管理员", auditor: "审计员",
};
/** One account each. */
const ROLES = Object.keys(CALLED).length;

export class Staff {
  private constructor(
    /** Where the demonstration answers, with a slash at the end. */
    public url: string,
    private readonly officers: Map<string, Officer>,
    private child: ChildProcess,
    private start: Start,
  ) {}

  private get folder(): string {
    return this.start.folder;
  }

  /** The file with the key that opens reporters' contacts: the demonstration's own. */
  get identity(): string {
    return join(this.folder, "keys", "officers-identity.txt");
  }

  /** What the officers of a role are called by their colleagues. */
  static called(role: string): string {
    const name = CALLED[role];
    if (!name) throw new Error(`no officer ${role}`);
    return `${name}（演示）`;
  }

  static async start(): Promise<Staff> {
    const start = { folder: mkdtempSync(join(tmpdir(), "bilan-staff-")), daysAhead: 0 };
    const { url, officers, child } = await run(start);
    return new Staff(url, officers, child, start);
  }

  /** The same demonstration, so many days later: with a new address, and new credentials of those it makes itself. */
  async later(days: number): Promise<void> {
    await this.stop();
    this.start = { ...this.start, daysAhead: this.start.daysAhead + days };
    const { url, officers, child } = await run(this.start);
    [this.url, this.child] = [url, child];
    for (const [name, officer] of officers) this.officers.set(name, officer);
  }

  private async stop(): Promise<void> {
    this.child.removeAllListeners("exit");
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens a page of the console as the officer of a role. */
  async open(page: Page, role: string, path: string, lang: Lang): Promise<void> {
    const officer = this.officers.get(role);
    if (!officer) throw new Error(`no officer ${role} among ${[...this.officers.keys()].join(", ")}`);
    await page.goto(`${this.url}console/${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
    await this.signIn(page, officer, lang);
    await expect(page.getByRole("navigation", { name: say(lang, "menu_label") })).toBeVisible();
  }

  private async signIn(page: Page, officer: Officer, lang: Lang): Promise<void> {
    await page.getByLabel(say(lang, "sign_in_name")).fill(officer.name);
    await page.getByLabel(say(lang, "sign_in_password")).fill(officer.password);
    await page.getByLabel(say(lang, "sign_in_totp")).fill(await code(officer, this.start.daysAhead));
    await page.getByRole("button", { name: say(lang, "sign_in"), exact: true }).click();
  }

  /** A second officer of a role: made by the administrator, with a password of their own. */
  async hire(page: Page, name: string, display: string, role: string): Promise<void> {
    const zh = (key: string, fill?: Record<string, string>) => say("zh-CN", key, fill);
    await this.open(page, "administrator", "users", "zh-CN");
    await page.getByText(zh("users_new"), { exact: true }).click();
    const form = page.getByRole("group").filter({ has: page.getByText(zh("users_new"), { exact: true }) });
    await form.getByLabel(zh("users_name"), { exact: true }).fill(name);
    await form.getByLabel(zh("users_display"), { exact: true }).fill(display);
    await form.getByRole("checkbox", { name: CALLED[role]! }).check();
    await form.getByRole("button", { name: zh("users_create"), exact: true }).click();
    const told = page.getByRole("alert").filter({ hasText: zh("secret_title", { name }) }).getByRole("definition");
    const password = await told.first().innerText();
    const secret = /secret=([A-Z2-7]+)/.exec(await told.last().innerText())?.[1] ?? "";
    const officer = { name, password, secret, used: 0 };
    await page.getByRole("button", { name: zh("sign_out") }).click();
    await this.signIn(page, officer, "zh-CN");
    await page.getByLabel(zh("account_old"), { exact: true }).fill(password);
    officer.password = "four plain words, browser test";
    await page.getByLabel(zh("account_new"), { exact: true }).fill(officer.password);
    await page.getByRole("button", { name: zh("account_change"), exact: true }).click();
    await expect(page.getByLabel(zh("sign_in_totp"))).toBeVisible();
    this.officers.set(name, officer);
  }
}

/** Starts a demonstration in a folder, and reads where it answers and who its officers are. */
async function run({ folder, daysAhead }: Start) {
  const options = ["demo", "--listen", "127.0.0.1:0", "--data-dir", folder, "--history-days", "1", "--days-ahead", String(daysAhead)];
  const child = spawn(process.env["BILAN_BIN"] ?? "", options, { stdio: ["ignore", "pipe", "ignore"] });
  const officers = new Map<string, Officer>();
  let address: string | undefined;
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`bilan demo ended with ${code}`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const [, name, password, secret] = LINE.exec(line) ?? [];
      if (name && password && secret) officers.set(name, { name, password, secret, used: 0 });
      address ??= /^listening on (\S+)/.exec(line)?.[1];
      if (address && officers.size === ROLES) resolve(address);
    });
  });
  return { url, officers, child };
}

/** Milliseconds that a code lasts; the server takes the next one too (RFC 6238 §5.2). */
const STEP = 30_000;
const step = (daysAhead: number) => Math.floor((Date.now() + daysAhead * 86_400_000) / STEP);

/** The code of this moment, or the next one if that was used: SHA-1, 30 s, six digits. */
export async function code(officer: { secret: string; used: number }, daysAhead = 0): Promise<string> {
  while (officer.used > step(daysAhead)) await new Promise((resume) => setTimeout(resume, 500));
  officer.used = Math.max(step(daysAhead), officer.used + 1);
  const letters = [...officer.secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
  const bits = letters.map((letter) => letter.toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(officer.used));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
