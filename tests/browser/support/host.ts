// Pages of other sites, on another origin, that show our widgets: kindly, strictly, or with malice.
import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** A page: its HTML, and headers of its own. */
export interface HostPage {
  html: string;
  headers?: Record<string, string>;
}

/** Another site, on a port of its own: another origin to every browser. */
export class Host {
  private readonly pages = new Map<string, HostPage>();

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      const page = this.pages.get(request.url ?? "");
      response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...page?.headers });
      response.end(page?.html ?? "");
    });
  }

  static async start(): Promise<Host> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Host(server);
  }

  /** Serves a page and says where. */
  put(page: HostPage): string {
    const path = `/${this.pages.size + 1}`;
    this.pages.set(path, page);
    return `${this.origin}${path}`;
  }

  get origin(): string {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the host is closed");
    // The same machine by another name: cookies and origins are another site's.
    return `http://localhost:${address.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

/** A news page around `widget`, with a sentence below that must not move. */
export function news(widget: string, head = ""): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>News</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
    <body style="margin:0"><h1>News</h1>${widget}<p id="below">Below</p></body></html>`;
}
