// Recorded replies of the national feeds, served from this machine to the real pollers or imported as files.
// They are not ours to publish: BILAN_TEST_DATA names the folder that holds them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { freePort, Portal } from "./support/portal.ts";
import { open } from "./support/reader.ts";
import { csv } from "./support/table.ts";

const DATA = process.env.BILAN_TEST_DATA ?? "";
const AIR = "cnemc_2019-07-18.csv";
const WATER = "water_raw/getRealDatas_2020-05-08.json";

const test = base.extend<{ publisher: Publisher }>({
  publisher: async ({}, use) => {
    const publisher = await Publisher.start();
    await use(publisher);
    publisher.server.close();
  },
});

test.skip(DATA === "", "SKIPPED recorded national replies on the pages: BILAN_TEST_DATA is not set");

/** Both national publishers, as they answered on a day of 2019 and of 2020. */
class Publisher {
  readonly asked: string[] = [];
  private constructor(
    readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<Publisher> {
    const bodies: Record<string, Buffer> = { "/air": airReply("2019-07-18T16:00:00"), "/water": readFileSync(join(DATA, WATER)) };
    const port = await freePort();
    const server = createServer((request, response) => {
      publisher.asked.push(`${request.url} ${request.headers["user-agent"]}`);
      const body = bodies[new URL(request.url ?? "/", "http://x").pathname];
      response.writeHead(body ? 200 : 404, { "content-type": "application/json" }).end(body);
    });
    const publisher = new Publisher(server, port);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return publisher;
  }

  /** The configuration that sends the pollers here. */
  get feeds(): string {
    return `
[ingest.cnemc_air]
enabled = true
url = "http://127.0.0.1:${this.port}/air"
city = "重庆市"
contact = "mailto:ops@example.gov.cn"

[ingest.surface_water]
enabled = true
url = "http://127.0.0.1:${this.port}/water"
area = "500000"
contact = "mailto:ops@example.gov.cn"
`;
  }
}

/** The feed's reply for Chongqing at an hour, from the recorded table. */
function airReply(hour: string): Buffer {
  const [names = [], ...rows] = csv(readFileSync(join(DATA, AIR), "utf8"));
  const named = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""])));
  const ours = named.filter((row) => row.area === "重庆市" && row.timepoint === hour);
  return Buffer.from(JSON.stringify(ours));
}

test("the national stations and 和尚山 are on the pages, as published and in their age", async ({ page, publisher }) => {
  const portal = await Portal.start({ more: publisher.feeds });
  try {
    const feeds = async () => (await (await page.request.get(`${portal.url}api/v1/feeds`)).json()).feeds;
    await expect
      .poll(async () => (await feeds()).filter((feed: { accepted: number }) => feed.accepted > 0).length, { timeout: 20_000 })
      .toBe(2);
    expect(publisher.asked.every((line) => /bilan.*mailto:ops@example\.gov\.cn/i.test(line)), publisher.asked.join("\n")).toBe(true);

    await open(page, `${portal.url}air/3014A`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("歇台子");
    const main = page.getByRole("main");
    const { hourly } = await (await page.request.get(`${portal.url}api/v1/stations/3014A/latest`)).json();
    expect(hourly.published).not.toBeNull();
    expect(hourly.value).toBe(hourly.published);
    await expect(main).toContainText(String(hourly.published));
    await expect(main).toContainText("HJ 633-2012");
    await expect(main).toContainText("发布值");
    await expect(main).toContainText("转载");
    await expect(main).toContainText("中国环境监测总站");
    await expect(main).toContainText(/2019 年 7 月 18 日|7 月 18 日/);
    await expect(main).toContainText(/\d+ 天前/);
    await expect(page.getByText("演示数据")).toHaveCount(0);

    await open(page, `${portal.url}water`);
    const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "和尚山" }) });
    await expect(row).toContainText("Ⅱ类");
    await page.getByRole("link", { name: "和尚山" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("和尚山");
    await expect(main).toContainText("发布的类别");
    await expect(main).toContainText(/\d+ 天前/);
  } finally {
    await portal.end();
  }
});

test("the same files can be imported, and say what became of their rows", async ({ page }) => {
  const portal = await Portal.start();
  try {
    await portal.down();
    const program = process.env.BILAN_BIN ?? "";
    for (const [format, file] of [["cnemc-air", AIR], ["national-water", WATER]] as const) {
      const said = execFileSync(program, ["import", "--config", portal.config, "--format", format, join(DATA, file)], { encoding: "utf8" });
      console.log(`${format}: ${said.trim().split("\n")[0]}`);
      expect(said).toMatch(/read/i);
      expect(said).toMatch(/stored/i);
    }
    await portal.up();
    await open(page, `${portal.url}air`);
    const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "歇台子" }) });
    await expect(row).toContainText(/优|良|污染/);
    await open(page, `${portal.url}water/A500107_0001`);
    await expect(page.getByRole("main")).toContainText("Ⅱ类");
  } finally {
    await portal.end();
  }
});
