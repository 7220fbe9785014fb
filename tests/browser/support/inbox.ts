// What the server has of reports, as an officer sees it.
import { code } from "./officers.ts";

/** A case as a line of the inbox, as far as tests look into it. */
export interface Case {
  public_id: string;
  excerpt: string;
  photos: number;
}

/** What makes the account that [`inbox`] uses. */
export const AUDITOR = ["user", "add", "auditor", "--role", "auditor"];
const CHOSEN = "four plain words, browser test";

/** Every case; `printed` is what [`AUDITOR`] printed. */
export async function inbox(url: string, printed: string): Promise<Case[]> {
  const line = (name: string) => printed.split("\n").find((line) => line.startsWith(`${name}\t`))?.split("\t")[1] ?? "";
  const officer = { secret: /secret=([A-Z2-7]+)/.exec(line("authenticator"))?.[1] ?? "", used: 0 };
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const json = body && { body: JSON.stringify(body) };
    const answer = await fetch(`${url}console/api/v1/${path}`, { method, headers: { "content-type": "application/json", ...headers }, ...json });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const signIn = async (password: string) => {
    const answer = await ask("POST", "session", {}, { name: "auditor", password, totp: await code(officer) });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    return { cookie, "x-bilan-csrf": (await answer.json()).csrf as string };
  };
  const initial = line("password");
  await ask("PATCH", "users/auditor", await signIn(initial), { seen_version: 1, old_password: initial, new_password: CHOSEN });
  const { cookie } = await signIn(CHOSEN);
  const cases: Case[] = [];
  for (let page = 1, total = 1; cases.length < total; page += 1) {
    const inbox = await (await ask("GET", `cases?page=${page}`, { cookie })).json();
    if (inbox.cases.length === 0) break;
    total = inbox.total;
    cases.push(...inbox.cases);
  }
  return cases;
}
