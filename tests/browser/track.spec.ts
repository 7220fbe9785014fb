// The way back: by a code behind the sign, typed in any spelling, or kept on the phone.
import { expect, test } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { live } from "./support/reader.ts";
import { code, fill, openForm, received, send } from "./support/report.ts";
import { LANGS, pattern, say } from "./support/words.ts";

test.use({ viewport: { width: 360, height: 740 } });

for (const lang of LANGS) {
  test(`a report is found again, answered and withdrawn in ${lang}`, async ({ page }) => {
    test.slow();
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await openForm(page, lang);
    await fill(page, lang, lang === "en" ? "Smoke again tonight" : "今晚又在冒烟");
    await send(page, lang);
    const claim = await code(page, lang);
    await received(page, lang);
    await page.getByRole("checkbox", { name: say(lang, "code_keep") }).check();
    await page.getByRole("button", { name: say(lang, "report_done"), exact: true }).click();

    await page.goto(`track?lang=${lang}`);
    await live(page, lang);
    const field = page.getByLabel(say(lang, "code"), { exact: true });
    await field.fill(claim.toLowerCase().replaceAll("-", " "));
    await page.getByRole("button", { name: say(lang, "track_look"), exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 2, name: pattern(lang, "track_report") })).toBeFocused();
    await expectNoBarriers(page, "tracked");

    await page.getByLabel(say(lang, "track_answer"), { exact: true }).fill(lang === "en" ? "It is the yard by the bridge" : "是桥边的院子");
    await page.getByRole("button", { name: say(lang, "track_answer_send"), exact: true }).first().click();
    await expect(page.getByRole("listitem").filter({ hasText: lang === "en" ? "yard by the bridge" : "桥边的院子" })).toBeVisible();

    await page.getByText(say(lang, "track_withdraw"), { exact: true }).click();
    await page.getByRole("button", { name: say(lang, "track_sure", { name: say(lang, "track_withdraw") }) }).click();
    await expect(page.getByRole("heading", { level: 2, name: pattern(lang, "track_report") })).toBeVisible();
    await expect(page.getByText(lang === "en" ? "withdrawn" : "已撤回").first()).toBeVisible();

    await page.reload();
    await page.getByRole("region", { name: say(lang, "track_kept") }).getByRole("button", { name: new RegExp(say(lang, "track_look")) }).click();
    await expect(page.getByRole("heading", { level: 2, name: pattern(lang, "track_report") })).toBeVisible();
    expect(addresses.filter((url) => url.toUpperCase().includes(claim)), "addresses that hold the code").toEqual([]);
  });
}

test("a slip of the pen is pointed out without a request", async ({ page }) => {
  await page.goto("track");
  await page.waitForLoadState("networkidle");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const field = page.getByLabel(say("zh-CN", "code"), { exact: true });
  for (const slip of ["JLP-7K3M", "JLP-0000-0000-0000-0000-0000-1", "JLP-UUUU-0000-0000-0000-0000-0"]) {
    await field.fill(slip);
    await page.getByRole("button", { name: say("zh-CN", "track_look"), exact: true }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toBeFocused();
  }
  expect(asked.filter((url) => url.includes("api/v1/track"))).toEqual([]);
});

test("an unknown code of the right form is answered like any other", async ({ page }) => {
  await page.goto("track#JLP-0000-0000-0000-0000-0000-0");
  await expect(page.getByText("没有与此查询码对应的举报").first()).toBeVisible();
  await expect(page).toHaveURL(/track$/);
});

test("a signed receipt is verified on the page, and an altered one is told", async ({ page }) => {
  test.slow();
  await openForm(page);
  await fill(page, "zh-CN", "回执");
  await send(page);
  await received(page);
  await page.getByText(say("zh-CN", "signed"), { exact: true }).click();
  const text = await page.getByText(/bilan-receipt-1/).innerText();
  await page.goto("track");
  await page.getByText(say("zh-CN", "signed_verify"), { exact: true }).click();
  const field = page.getByLabel(say("zh-CN", "signed_paste"), { exact: true });
  for (const [receipt, verdict] of [[text, "signed_genuine"], [text.replace("T", "U"), "signed_altered"], ["x", "signed_none"]] as const) {
    await field.fill(receipt);
    await page.getByRole("button", { name: say("zh-CN", "signed_check"), exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: say("zh-CN", verdict) })).toBeVisible();
  }
});
