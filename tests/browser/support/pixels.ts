// What a picture really shows: its pixels as the browser decodes them.
import type { Page } from "@playwright/test";

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The brightest of all red, green and blue values in an area of a picture that the page may fetch, 0 to 255. */
export async function brightest(page: Page, url: string, area: Area): Promise<number> {
  return page.evaluate(
    async ({ url, area: { x, y, width, height } }) => {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      const picture = await createImageBitmap(await answer.blob());
      if (picture.width < x + width || picture.height < y + height) {
        throw new Error(`the picture is ${picture.width} × ${picture.height}`);
      }
      const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
      if (!context) throw new Error("no canvas");
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(x, y, width, height);
      let most = 0;
      for (let at = 0; at < data.length; at += 1) if (at % 4 !== 3) most = Math.max(most, data[at] ?? 0);
      return most;
    },
    { url, area },
  );
}
