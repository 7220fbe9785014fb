// What only a browser can tell: that the split, shrunk and hashed modules start, whole and within their budget.
import { expect, test, type Page, type Request } from "@playwright/test";

/** Bytes of the first page on the wire, brotli included; 1 kB is 1000 bytes. */
const FIRST_LOAD = 160_000;
/** Bytes of one chunk that follows. */
const LAZY_CHUNK = 60_000;

function watch(page: Page): { requests: Request[]; failures: string[] } {
  const requests: Request[] = [];
  const failures: string[] = [];
  page.on("request", (request) => requests.push(request));
  page.on("pageerror", (error) => failures.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") failures.push(message.text());
  });
  return { requests, failures };
}

/** What a page needs before anything of it is shown: the page itself, the main module, its script and style. */
const MAIN = /(\/|\/assets\/portal-[^/]*\.(js|css|wasm))$/;

async function sizes(requests: Request[]): Promise<{ first: number; lazy: number[] }> {
  let first = 0;
  const lazy: number[] = [];
  for (const request of requests) {
    const { pathname } = new URL(request.url());
    if (!MAIN.test(pathname) && !pathname.endsWith(".wasm")) continue;
    const size = (await request.sizes()).responseBodySize;
    if (MAIN.test(pathname)) first += size;
    else lazy.push(size);
  }
  return { first, lazy };
}

test("the portal starts from its split modules and keeps the budget of the first load", async ({ page }) => {
  const seen = watch(page);
  await page.goto("");
  await expect(page.locator("html")).toHaveAttribute("data-portal", "started");
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const modules = seen.requests.filter((request) => request.url().endsWith(".wasm"));
  expect(modules.length).toBeGreaterThan(0);
  const { first, lazy } = await sizes(seen.requests);
  const all = lazy.reduce((sum, size) => sum + size, first);
  console.log(`first load: ${first} bytes; with the ${lazy.length} chunks that follow: ${all} bytes`);
  expect(first).toBeGreaterThan(20_000);
  expect(first).toBeLessThanOrEqual(FIRST_LOAD);
  expect(Math.max(0, ...lazy)).toBeLessThanOrEqual(LAZY_CHUNK);
  expect(seen.failures).toEqual([]);
});

test("the summary is on screen before the program is fetched", async ({ page }) => {
  await page.goto("");
  await expect(page.locator("html")).toHaveAttribute("data-portal", "started");
  const [painted, fetched] = await page.evaluate(() => {
    const program = performance.getEntriesByType("resource").find((entry) => entry.name.endsWith(".wasm"));
    return [performance.getEntriesByName("first-contentful-paint")[0]!.startTime, program!.startTime];
  });
  // After a second it is fetched whatever is on screen.
  expect(fetched).toBeGreaterThanOrEqual(Math.min(painted!, 1_000));
});

test("the program starts in a browser that does not tell when it paints", async ({ page }) => {
  const seen = watch(page);
  await page.addInitScript("delete window.PerformanceObserver");
  await page.goto("");
  await expect(page.locator("html")).toHaveAttribute("data-portal", "started");
  expect(seen.failures).toEqual([]);
});

for (const route of ["air", "water"]) {
  test(`a deep link to ${route} fetches the chunk of its route, checked by digest`, async ({ page }) => {
    const seen = watch(page);
    await page.goto(route);
    await expect(page.locator("html")).toHaveAttribute("data-portal", "started");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect
      .poll(() => seen.requests.filter((request) => request.url().endsWith(".wasm")).length)
      .toBeGreaterThan(1);
    expect(seen.failures).toEqual([]);
  });
}

test("a module that was tampered with is refused, and the page still says so", async ({ page }) => {
  await page.route("**/assets/portal-*.wasm", async (route) => {
    const response = await route.fetch();
    // An empty custom section named "x": still a valid module, so only the digest can refuse it.
    const body = Buffer.concat([await response.body(), Buffer.from([0, 2, 1, 0x78])]);
    await route.fulfill({ status: 200, contentType: "application/wasm", body });
  });
  await page.goto("");
  await expect(page.locator("html")).toHaveAttribute("data-portal", "failed");
});
