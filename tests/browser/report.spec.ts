// The report form on a phone: every step, by keyboard and by finger, and what leaves the phone.
import { expect, test } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { overflow, Watch } from "./support/reader.ts";
import { code, fill, heading, next, openForm, received, send, what } from "./support/report.ts";
import { LANGS, say } from "./support/words.ts";

test.use({ viewport: { width: 360, height: 740 } });

for (const lang of LANGS) {
  test(`a report is written, checked and received in ${lang}`, { tag: "@core" }, async ({ page }) => {
    test.slow();
    const watch = new Watch(page);
    await openForm(page, lang);
    await expectNoBarriers(page, "what happened");
    await what(page, lang, lang === "en" ? "Black smoke, call 13912345678" : "冒黑烟，联系 13912345678");
    await expect(page.getByText(say(lang, "report_personal"))).toBeVisible();
    await next(page, lang, "where");
    await expectNoBarriers(page, "where");
    await page.getByLabel(say(lang, "report_address"), { exact: true }).fill(lang === "en" ? "by the bridge" : "桥头");
    await next(page, lang, "evidence");
    await expectNoBarriers(page, "photos");
    await next(page, lang, "who");
    await expectNoBarriers(page, "who");
    await next(page, lang, "preview");
    await expectNoBarriers(page, "preview");
    const publicCopy = page.getByRole("region", { name: say(lang, "report_public") });
    await expect(publicCopy.getByRole("definition").filter({ hasText: "＊＊＊" })).toBeVisible();
    await send(page, lang);
    await code(page, lang);
    await received(page, lang);
    await expectNoBarriers(page, "receipt");
    expect(await overflow(page)).toBe(0);
    await page.setViewportSize({ width: 320, height: 740 });
    await expect.poll(() => overflow(page)).toBe(0);
    expect(watch.complaints).toEqual([]);
  });
}

test("the form is completed with the keyboard alone", async ({ page }) => {
  test.slow();
  await openForm(page);
  const tabTo = async (name: string) => {
    for (let stop = 0; stop < 80; stop += 1) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const labels = element && "labels" in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
        return [...labels.map((label) => label.textContent ?? ""), element?.textContent ?? ""].map((text) => text.trim());
      });
      if (focused.includes(name)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the focus never reached ${name}`);
  };
  await tabTo("大气");
  await page.keyboard.press("Space");
  await tabTo("废气异味");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "冒烟与露天焚烧" })).toBeChecked();
  await tabTo(say("zh-CN", "report_text"));
  await page.keyboard.insertText("河边有人烧垃圾");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  for (const step of ["where", "evidence", "who", "preview"]) {
    await tabTo(say("zh-CN", "report_next"));
    await page.keyboard.press("Enter");
    await expect(heading(page, "zh-CN", step)).toBeFocused();
    if (step === "where") {
      await tabTo(say("zh-CN", "report_address"));
      await page.keyboard.insertText("桃花溪步道");
    }
  }
  await tabTo(say("zh-CN", "report_send"));
  await page.keyboard.press("Enter");
  await received(page);
  await tabTo(say("zh-CN", "code_copy"));
});

test("what is wrong stands above and beside the fields, and nothing is lost", async ({ page }) => {
  await openForm(page);
  await page.getByLabel(say("zh-CN", "report_text"), { exact: true }).fill("x".repeat(5_000));
  await page.getByRole("button", { name: say("zh-CN", "report_next") }).click();
  const summary = page.getByRole("alert").filter({ hasText: say("zh-CN", "form_faults") });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(2);
  await expectNoBarriers(page, "with faults");
  await summary.getByRole("link", { name: /5000/ }).click();
  const text = page.getByLabel(say("zh-CN", "report_text"), { exact: true });
  await expect(text).toBeFocused();
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await expect(text).toHaveValue("x".repeat(5_000));
  await text.fill("现在说得简短一些");
  await expect(summary.getByRole("link")).toHaveCount(1);
});

test("a link leads from the last step to a fault on another one", async ({ page }) => {
  await openForm(page);
  await what(page, "zh-CN", "冒烟");
  await page.getByRole("link", { name: new RegExp(say("zh-CN", "report_step_preview")) }).click();
  await page.getByRole("button", { name: say("zh-CN", "report_send"), exact: true }).click();
  await page.getByRole("alert").getByRole("link", { name: say("zh-CN", "report_where_missing") }).click();
  await expect(page.getByLabel(say("zh-CN", "report_address"), { exact: true })).toBeFocused();
});

test("markup and signs of other directions are told or shown as text", async ({ page }) => {
  await openForm(page);
  const text = page.getByLabel(say("zh-CN", "report_text"), { exact: true });
  await text.fill("a\u202eb");
  await page.getByRole("button", { name: say("zh-CN", "report_next") }).click();
  await expect(page.getByText(/第 2 个字符会改变文字方向/).first()).toBeVisible();
  await text.fill("<img src=x onerror=alert(1)> 很臭");
  await page.getByRole("link", { name: new RegExp(say("zh-CN", "report_step_preview")) }).click();
  const publicCopy = page.getByRole("region", { name: say("zh-CN", "report_public") });
  await expect(publicCopy.getByRole("definition").filter({ hasText: "<img src=x" })).toBeVisible();
  await expect(publicCopy.getByRole("img")).toHaveCount(0);
});

test("a file that is no photo is refused by name, and the text stays", async ({ page }) => {
  await openForm(page);
  await page.getByLabel(say("zh-CN", "report_text"), { exact: true }).fill("河水发黑");
  await page.getByRole("button", { name: say("zh-CN", "report_photo_first") }).click();
  const svg = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") };
  await page.getByLabel(say("zh-CN", "report_photos")).setInputFiles(svg);
  await expect(page.getByRole("alert").filter({ hasText: /JPEG、PNG/ })).toBeVisible();
  await page.getByRole("link", { name: new RegExp(say("zh-CN", "report_step_what")) }).click();
  await expect(page.getByLabel(say("zh-CN", "report_text"), { exact: true })).toHaveValue("河水发黑");
});

test("a link fills in the place and the kind, and a reload keeps what was entered", async ({ page }) => {
  await openForm(page, "zh-CN", { outfall: "DEMO-0001", category: "outfall_discharge" });
  await expect(page).toHaveURL(/report\?step=what$/);
  await expect(page.getByRole("radio", { name: "排污口异常排放" })).toBeChecked();
  await page.getByLabel(say("zh-CN", "report_text"), { exact: true }).fill("白色泡沫");
  await expect(page.getByText(say("zh-CN", "report_saved"))).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(say("zh-CN", "report_text"), { exact: true })).toHaveValue("白色泡沫");
  await page.getByRole("link", { name: new RegExp(say("zh-CN", "report_step_where")) }).click();
  await expect(page.getByLabel(say("zh-CN", "report_outfall"))).toHaveValue("DEMO-0001");
});

test("a contact is sealed before it leaves the phone", async ({ page }) => {
  test.slow();
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(request.postData() ?? ""));
  await openForm(page);
  await fill(page, "zh-CN", "夜间焚烧");
  await page.getByRole("button", { name: say("zh-CN", "report_back") }).click();
  const named = page.getByRole("radio", { name: say("zh-CN", "report_named"), exact: true });
  test.skip((await named.count()) === 0, "this server takes no contacts");
  await named.check();
  await page.getByLabel(say("zh-CN", "report_reach"), { exact: true }).fill("13912345678");
  await page.getByRole("checkbox", { name: say("zh-CN", "report_agree") }).check();
  await next(page, "zh-CN", "preview");
  await send(page);
  await received(page);
  expect(bodies.filter((body) => body.includes("BEGIN AGE ENCRYPTED FILE"))).not.toEqual([]);
  expect(bodies.filter((body) => body.includes("13912345678"))).toEqual([]);
});
