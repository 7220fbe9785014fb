// What only a browser can tell: that the split, shrunk and hashed modules start, whole and within their budget.
import { expect, test, type Page, type Request } from "@playwright/test";

/** Bytes of the first page on the wire, brotli included; 1 kB is 1000 bytes. */
const FIRST_LOAD = 160_000;

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

async function bytes(requests: Request[]): Promise<number> {
  let sum = 0;
  for (const request of requests) {
    if (!["document", "script", "stylesheet", "fetch"].includes(request.resourceType())) continue;
    if (!/(\.(js|css|wasm)|\/)$/.test(new URL(request.url()).pathname)) continue;
    sum += (await request.sizes()).responseBodySize;
  }
  return sum;
}

test("the portal starts from its split modules and keeps the budget of the first load", async ({ page }) => {
  const seen = watch(page);
  await page.goto("");
  await expect(page.locator("html")).toHaveAttribute("data-portal", "started");
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const modules = seen.requests.filter((request) => request.url().endsWith(".wasm"));
  expect(modules.length).toBeGreaterThan(0);
  const sum = await bytes(seen.requests);
  console.log(`first load: ${sum} bytes`);
  expect(sum).toBeGreaterThan(20_000);
  expect(sum).toBeLessThanOrEqual(FIRST_LOAD);
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
