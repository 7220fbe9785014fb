// The same air under another ruler: index, explanation and address change together.
import { expect, test, type Page } from "@playwright/test";
import { open } from "./support/reader.ts";

interface Part {
  item: string;
  concentration: number | null;
  value: number | null;
  segment: { low: number; high: number | null; index_low: number; index_high: number } | null;
}

async function station(page: Page) {
  return (await (await page.request.get("api/v1/stations/1424A/latest")).json()).hourly as { value: number; sub: Part[] };
}

test("the explanation writes out the sums that give the index", async ({ page }) => {
  await open(page, "air/1424A");
  const explained = page.getByRole("region", { name: "这个指数是怎么算的" }).first();
  await expect(async () => {
    const { sub } = await station(page);
    for (const { value, segment, concentration } of sub) {
      if (!segment || segment.high === null || concentration === null) continue;
      const { low, high, index_low, index_high } = segment;
      const sums = `(${index_high} − ${index_low}) ÷ (${high} − ${low}) × (${concentration} − ${low}) + ${index_low} → ${value}`;
      await expect(explained).toContainText(sums, { timeout: 1_000 });
      // The sum itself is right: HJ 633 equation 1, rounded up.
      const exact = ((index_high - index_low) / (high - low)) * (concentration - low) + index_low;
      expect(value).toBe(Math.ceil(Number(exact.toFixed(9))));
    }
  }).toPass();
  await expect(explained).toContainText("HJ 633-2026");
});

test("the ruler is chosen on /air, kept in the address, and changes numbers and note", async ({ page }) => {
  await open(page, "air");
  const ranking = page.getByRole("region", { name: "站点排名" });
  const ruler = page.getByRole("combobox", { name: "评价标准" });
  await expect(ranking).toContainText(/优|良|污染/);

  await ruler.selectOption({ value: "epa-2024" });
  await expect(page).toHaveURL(/standard=epa-2024/);
  await expect(page.getByText(/不是本地的法定指数/)).toBeVisible();
  // Asked again each time, as a new hour may arrive in between.
  await expect(async () => {
    const { stations } = await (await page.request.get("api/v1/air/summary?edition=epa-2024")).json();
    for (const { station, index } of stations) {
      const row = ranking.getByRole("listitem").filter({ hasText: station.name.zh });
      await expect(row).toContainText(`${index.value}`, { timeout: 1_000 });
      await expect(row).toContainText(index.band.name.zh, { timeout: 1_000 });
    }
  }).toPass();

  await ruler.selectOption({ value: "eaqi-2024" });
  await expect(page.getByText(/欧洲指数只分六档/)).toBeVisible();
  await page.reload();
  await expect(ruler).toHaveValue("eaqi-2024");
  await ruler.selectOption({ label: "现行标准" });
  await expect(page).not.toHaveURL(/standard=/);
});

test("on a station's page the ruler changes the index and its explanation", async ({ page }) => {
  await open(page, "air/1424A");
  await page.getByRole("combobox", { name: "评价标准" }).selectOption({ value: "hj633-2012" });
  await expect(page).toHaveURL(/standard=hj633-2012/);
  const explained = page.getByRole("region", { name: "这个指数是怎么算的" }).first();
  await expect(explained).toContainText("HJ 633-2012");
  await expect(explained).not.toContainText("HJ 633-2026");
});
