// A photo as a camera writes it: a picture that the browser drew, with the place in its Exif.
import type { Page } from "@playwright/test";

/** Degrees, minutes and seconds: 106° 30′ 40″ E, 29° 30′ 8″ N. */
const PLACE = { lat: [29, 30, 8], lon: [106, 30, 40] };
/** The same in degrees. */
export const PHOTO_PLACE = [29 + 30 / 60 + 8 / 3_600, 106 + 30 / 60 + 40 / 3_600] as const;

/** An APP1 segment with the GPS tags of Exif 2.32 §4.6.6, big-endian. */
function exif(): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    bytes.writeUInt32BE(value >>> 0, 8);
    return bytes;
  };
  const short = (value: number) => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(value);
    return bytes;
  };
  const rationals = (values: number[]) =>
    Buffer.concat(
      values.map((value) => {
        const bytes = Buffer.alloc(8);
        bytes.writeUInt32BE(value, 0);
        bytes.writeUInt32BE(1, 4);
        return bytes;
      }),
    );
  const gpsAt = 8 + 2 + 12 + 4;
  const valuesAt = gpsAt + 2 + 4 * 12 + 4;
  const none = Buffer.alloc(4);
  const tiff = Buffer.concat([
    Buffer.from("MM\0*\0\0\0\u0008", "latin1"),
    short(1), entry(0x8825, 4, 1, gpsAt), none,
    short(4),
    entry(1, 2, 2, 0x4e000000), entry(2, 5, 3, valuesAt),
    entry(3, 2, 2, 0x45000000), entry(4, 5, 3, valuesAt + 24),
    none,
    rationals(PLACE.lat), rationals(PLACE.lon),
  ]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  return Buffer.concat([Buffer.from([0xff, 0xe1]), short(body.length + 2), body]);
}

/** Bytes that tell a coordinate, in every way in which a program might write it. */
export function traces(degrees: number): { how: string; bytes: Buffer }[] {
  const found: { how: string; bytes: Buffer }[] = [];
  const micro = degrees * 1e6;
  const words = [degrees.toFixed(7).slice(0, -3), Math.trunc(micro).toString().slice(0, -2)];
  for (const word of words) {
    found.push({ how: word, bytes: Buffer.from(word) }, { how: `${word} in UTF-16`, bytes: Buffer.from(word, "utf16le") });
    for (let shift = 0; shift < 3; shift += 1) {
      // Of a text somewhere within another, these characters are the same whatever stands around it.
      const base64 = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)]).toString("base64");
      found.push({ how: `${word} in base64`, bytes: Buffer.from(base64.slice([0, 2, 3][shift], base64.length - 4)) });
    }
  }
  const number = (how: string, size: number, write: (bytes: Buffer) => void, keep = size) => {
    const bytes = Buffer.alloc(size);
    write(bytes);
    found.push({ how, bytes: bytes.subarray(0, keep) }, { how: `${how}, reversed`, bytes: Buffer.from(bytes.subarray(0, keep)).reverse() });
  };
  for (const whole of new Set([Math.trunc(micro), Math.round(micro)])) number("micro-degrees", 4, (bytes) => bytes.writeInt32BE(whole));
  number("single precision", 4, (bytes) => bytes.writeFloatBE(degrees));
  // Five bytes of eight tell a ten-millionth of a degree; the last bits depend on how it was computed.
  number("double precision", 8, (bytes) => bytes.writeDoubleBE(degrees), 5);
  const parts = [Math.trunc(degrees), Math.trunc((degrees * 60) % 60), Math.round(degrees * 3_600) % 60];
  const rationals = Buffer.alloc(24);
  parts.flatMap((part) => [part, 1]).forEach((value, at) => rationals.writeUInt32BE(value, at * 4));
  found.push({ how: "degrees, minutes and seconds", bytes: rationals }, { how: "the same, little-endian", bytes: Buffer.from(rationals).swap32() });
  return found;
}

/** The photo as a file to be chosen. */
export async function photoWithPlace(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const drawn = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    for (let band = 0; band < 48; band += 1) {
      context.fillStyle = `hsl(${band * 7.5} 60% 50%)`;
      context.fillRect(0, band * 10, 640, 10);
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1] ?? "";
  });
  const jpeg = Buffer.from(drawn, "base64");
  const buffer = Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
  return { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer };
}
