// A photo as a camera writes it: a picture that the browser drew, with the place in its Exif.
import type { Page } from "@playwright/test";

/** Degrees, minutes and seconds: 106° 30′ 40″ E, 29° 30′ 8″ N. */
const PLACE = { lat: [29, 30, 8], lon: [106, 30, 40] };
/** The digits that must not leave the phone unless the writer agreed: 106.511111, 29.502222. */
export const PHOTO_PLACE = /106\.5111|29\.5022|106511111|29502222/;

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
