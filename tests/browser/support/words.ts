// The portal's sentences by key, so that one journey can be walked in both languages.
import { readFileSync } from "node:fs";

export const LANGS = ["zh-CN", "en"] as const;
export type Lang = (typeof LANGS)[number];

const FOLDERS = ["../../../locales", "../../../crates/ui/locales"];

function read(lang: Lang): Record<string, string> {
  const files = FOLDERS.map((folder) => new URL(`${folder}/${lang}.json`, import.meta.url));
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, "utf8"))));
}

const SENTENCES: Record<Lang, Record<string, string>> = { "zh-CN": read("zh-CN"), en: read("en") };

/** The sentence of a key, `{name}` filled in. */
export function say(lang: Lang, key: string, fill: Record<string, string | number> = {}): string {
  const sentence = SENTENCES[lang][key];
  if (sentence === undefined) throw new Error(`no sentence ${key} in ${lang}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name]));
}

/** The same, with anything where something would be filled in. */
export function pattern(lang: Lang, key: string): RegExp {
  const literal = say(lang, key, new Proxy({}, { get: () => "\u0000" }));
  return new RegExp(literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\u0000", ".+"));
}
