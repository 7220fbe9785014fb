// What a phone keeps of reports on their way: the shelves of the portal, as the page writes them.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";

/** A report on its way, as far as tests look into it. */
export interface Parcel {
  id: string;
  made_ms: number;
  code: string | null;
  submission: { text: string; claim_code: string; photos: string[] } | null;
  unsent: string[];
  proof: unknown;
  left_out: string[];
  failures: number;
  fate: "waiting" | { received: { receipt: { public_id: string } } } | { refused: { sentence: string } };
}

/** Everything in the outbox. */
export async function outbox(page: Page): Promise<Parcel[]> {
  const texts = await page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open(`bilan-reports${new URL(document.baseURI).pathname.replace(/\/$/, "")}`);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("outbox").objectStore("outbox").getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
  );
  return texts.map((text) => JSON.parse(text));
}

/** The number that the server gave a report; `undefined` while the phone knows of none. */
export function numberOf(parcel: Parcel): string | undefined {
  return typeof parcel.fate === "object" && "received" in parcel.fate ? parcel.fate.received.receipt.public_id : undefined;
}

/** Puts reports beside one that the form has sent off: alike but for id, code, words and, where there is to be one, the photo. */
export async function addLike(page: Page, sent: Parcel, reports: { text: string; photo: boolean }[]): Promise<Parcel[]> {
  const submission = sent.submission;
  if (submission === null) throw new Error("it is received already");
  const alike = reports.map(({ text, photo }, at) => {
    const code = claimCode((sent.code ?? "").split("-")[0] ?? "");
    const made_ms = sent.made_ms + 1 + at;
    const parcel: Parcel = { ...sent, id: reportId(made_ms), made_ms, code, unsent: [], proof: null, submission: { ...submission, text, claim_code: code, photos: [] } };
    return { parcel, photo };
  });
  const kept = await page.evaluate(async (alike) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(`bilan-reports${new URL(document.baseURI).pathname.replace(/\/$/, "")}`);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => resolve(opening.result);
    });
    const drawn = async (number: number) => {
      const canvas = new OffscreenCanvas(320, 240);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      for (let band = 0; band < 24; band += 1) {
        context.fillStyle = `hsl(${(number * 47 + band * 15) % 360} ${40 + (number % 50)}% 50%)`;
        context.fillRect((number * 13 + band * 31) % 300, band * 10, 320, 10);
      }
      return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 })).arrayBuffer());
    };
    const photos: [string, Uint8Array][] = [];
    for (const { parcel, photo } of alike) {
      if (!photo || !parcel.submission) continue;
      const bytes = await drawn(parcel.made_ms % 100_000);
      const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
      const digest = [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      parcel.unsent.push(digest);
      parcel.submission.photos.push(digest);
      photos.push([`${parcel.id}/${digest}`, bytes]);
    }
    const writing = database.transaction(["outbox", "photos"], "readwrite");
    for (const { parcel } of alike) writing.objectStore("outbox").put(JSON.stringify(parcel), parcel.id);
    for (const [key, bytes] of photos) writing.objectStore("photos").put(bytes, key);
    await new Promise((resolve, reject) => {
      writing.oncomplete = resolve;
      writing.onabort = () => reject(writing.error);
    });
    database.close();
    return alike.map(({ parcel }) => parcel);
  }, alike);
  return kept;
}

/** A UUIDv7 (RFC 9562 §5.7). */
function reportId(ms: number): string {
  const bytes = Buffer.concat([Buffer.from(ms.toString(16).padStart(12, "0"), "hex"), randomBytes(10)]);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A claim code: 20 characters of Crockford's base 32 and the one that brings Σ αⁱ·xᵢ over GF(32) to zero. */
function claimCode(prefix: string): string {
  const alpha = (element: number) => (element & 16 ? (element << 1) ^ 0b10_0101 : element << 1);
  const values = [...randomBytes(20)].map((byte) => byte & 31);
  const check = alpha(values.reduce((sum, value) => alpha(sum) ^ value, 0));
  const letters = [...values, check].map((value) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[value]).join("");
  return `${prefix}-${letters.replace(/.{4}(?=.)/g, "$&-")}`;
}
