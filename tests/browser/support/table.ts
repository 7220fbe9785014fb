// A chart's table as a reader gets at it: opened, page by page.
import { expect, type Locator, type Page } from "@playwright/test";

/** The chart whose name holds `name`. */
export function chart(page: Page, name: string | RegExp): Locator {
  return page.getByRole("figure", { name });
}

/** All rows of a chart's table: time, value and remarks as printed. */
export async function rows(figure: Locator): Promise<string[][]> {
  const summary = figure.getByText(/^数据表（\d+ 行）$/);
  const promised = Number(/\d+/.exec((await summary.textContent()) ?? "")?.[0]);
  await summary.click();
  const table = figure.getByRole("table");
  await expect(table).toBeVisible();
  const all: string[][] = [];
  const next = figure.getByRole("button", { name: "下一页" });
  for (;;) {
    const body = table.getByRole("row").filter({ has: figure.page().getByRole("cell") });
    all.push(...(await body.evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")))));
    if (!(await next.isVisible()) || (await next.isDisabled())) break;
    const before = await body.first().innerText();
    await next.click();
    await expect(body.first()).not.toHaveText(before, { useInnerText: true });
  }
  expect(all.length, "rows as promised by the table's heading").toBe(promised);
  await summary.click();
  return all;
}

/** Fields of a CSV file as RFC 4180 has them. */
export function csv(text: string): string[][] {
  const lines: string[][] = [[]];
  let field = "";
  let quoted = false;
  for (const sign of text.replace(/^\uFEFF/, "")) {
    if (quoted) {
      if (sign === '"') quoted = false;
      else field += sign;
    } else if (sign === '"') {
      if (field !== "") field += '"';
      quoted = true;
    } else if (sign === "," || sign === "\n") {
      lines.at(-1)?.push(field.replace(/\r$/, ""));
      field = "";
      if (sign === "\n") lines.push([]);
    } else field += sign;
  }
  if (field !== "") lines.at(-1)?.push(field);
  return lines.filter((line) => line.length > 0);
}
