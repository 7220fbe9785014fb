// Finds what was left in the other language: text a reader sees or hears, with the part of the page it is in.
import type { Page } from "@playwright/test";
import type { Lang } from "./words.ts";

/** Text, labels and alternatives on the page whose nearest `lang` is the page's own. */
async function texts(page: Page, lang: Lang): Promise<string[]> {
  return page.evaluate((lang) => {
    const found: string[] = [document.title];
    const ours = (element: Element | null) =>
      (element?.closest("[lang]")?.getAttribute("lang") ?? "").startsWith(lang.slice(0, 2));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent && !parent.closest("script, style, noscript") && ours(parent)) found.push(node.data.trim());
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [alt], [placeholder]")) {
      if (!ours(element)) continue;
      for (const name of ["aria-label", "title", "alt", "placeholder"]) found.push(element.getAttribute(name) ?? "");
    }
    return found.filter((text) => text !== "");
  }, lang);
}

/** Chinese characters or punctuation in an English page; four Latin words in a row in a Chinese one. */
const STRAY: Record<Lang, RegExp> = {
  en: /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u,
  "zh-CN": /\b[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){3,}/,
};

/** What a reader of `lang` would stumble over, each once. */
export async function untranslated(page: Page, lang: Lang): Promise<string[]> {
  return [...new Set((await texts(page, lang)).filter((text) => STRAY[lang].test(text)))];
}
