// Every page of the console, with what opens on it: no barriers, one language, and nothing beyond the edge.
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { say, Staff } from "./support/officers.ts";
import { overflow, Watch } from "./support/reader.ts";
import { LANGS, type Lang } from "./support/words.ts";

// One demonstration for all, and one session of each officer: codes are taken once.
test.describe.configure({ mode: "serial" });

let staff: Staff;
const sessions = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  staff = await Staff.start();
  for (const role of ["auditor", "administrator", "publisher", "verifier"]) {
    const page = await browser.newPage();
    await staff.open(page, role, "", "zh-CN");
    sessions.set(role, await page.context().storageState());
    await page.close();
  }
});
test.afterAll(async () => staff?.end());

interface Look {
  name: string;
  role?: string;
  path: string;
  /** What is opened before it is looked at. */
  open?: (page: Page, lang: Lang) => Promise<void>;
}

const first = async (page: Page, lang: Lang) => {
  await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: say(lang, "timeline_title") })).toBeVisible();
};

const LOOKS: Look[] = [
  { name: "sign-in", path: "" },
  { name: "inbox", role: "auditor", path: "" },
  {
    name: "inbox with a case chosen",
    role: "verifier",
    path: "",
    open: async (page, lang) => {
      await page.getByRole("table").getByRole("checkbox").first().check();
      await page.getByLabel(say(lang, "bulk_action")).selectOption("refuse");
      await expect(page.getByLabel(say(lang, "act_reason"))).toBeVisible();
    },
  },
  { name: "case that is read only", role: "auditor", path: "?state=in_handling", open: first },
  {
    name: "case with the form of a note",
    role: "verifier",
    path: "?state=in_handling",
    open: async (page, lang) => {
      await first(page, lang);
      const actions = page.getByRole("region", { name: say(lang, "actions_title") });
      await actions.getByRole("button", { name: lang === "en" ? "add a note" : "内部备注", exact: true }).click();
      await expect(page.getByLabel(say(lang, "act_note"))).toBeVisible();
    },
  },
  {
    name: "case whose photo is blackened",
    role: "publisher",
    path: "?category=dust_site&state=accepted",
    open: async (page, lang) => {
      await first(page, lang);
      await page.getByRole("button", { name: say(lang, "photo_blacken", { n: 1 }) }).click();
      await page.getByRole("button", { name: say(lang, "redact_add") }).click();
      await page.getByText(say(lang, "hide_title")).click();
    },
  },
  {
    name: "case whose reward is proposed",
    role: "verifier",
    path: "?state=closed&category=air_odour",
    open: async (page, lang) => {
      await first(page, lang);
      const reward = page.getByRole("region", { name: say(lang, "reward_title"), exact: true });
      await reward.getByRole("button", { name: lang === "en" ? "Propose" : "提出奖励", exact: true }).click();
      await expect(reward.getByLabel(say(lang, "reward_tier_yuan"))).toBeVisible();
    },
  },
  { name: "rewards", role: "verifier", path: "rewards" },
  {
    name: "ledger",
    role: "auditor",
    path: "ledger",
    open: async (page, lang) => page.getByText(say(lang, "ledger_show")).first().click(),
  },
  { name: "moderation", role: "publisher", path: "moderation" },
  {
    name: "users",
    role: "administrator",
    path: "users",
    open: async (page, lang) => page.getByText(say(lang, "users_new"), { exact: true }).click(),
  },
  { name: "audit log", role: "auditor", path: "audit" },
  { name: "statistics", role: "auditor", path: "statistics" },
  { name: "account", role: "auditor", path: "account" },
  { name: "page that the role may not see", role: "administrator", path: "audit" },
  {
    name: "keyboard shortcuts",
    role: "auditor",
    path: "account",
    open: async (page, lang) => page.getByRole("button", { name: say(lang, "keys_open") }).click(),
  },
];

for (const lang of LANGS) {
  for (const look of LOOKS) {
    test(`axe finds nothing on the ${look.name} in ${lang}, at 360 and 1280 px, light and dark`, async ({ browser }) => {
      test.setTimeout(120_000);
      const storageState = look.role ? sessions.get(look.role) : undefined;
      const context = await browser.newContext({ storageState, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const watch = new Watch(page);
      await page.goto(`${staff.url}console/${look.path}${look.path.includes("?") ? "&" : "?"}lang=${lang}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByText(say(lang, "loading"))).toHaveCount(0);
      await look.open?.(page, lang);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await expectNoBarriers(page, `${look.name} in ${lang}, ${colorScheme}, ${width} px`);
        }
        expect(await overflow(page), `pixels wider than ${width}`).toBe(0);
      }
      await page.setViewportSize({ width: 320, height: 740 });
      await expect.poll(() => overflow(page), "pixels wider than 320").toBe(0);
      // Who is not signed in yet is told so by the server.
      expect(watch.complaints.filter((complaint) => !complaint.includes("401"))).toEqual([]);
      if (look.role) sessions.set(look.role, await context.storageState());
      await context.close();
    });
  }
}
