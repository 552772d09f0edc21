/** A company's web site on an origin of its own, under the strictest policy that still lets the tracker in, and the way from its pages to the edge. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request of a page to the tracker, and what became of it. */
export interface Sent {
  method: string;
  path: string;
  body: string;
  headers: IncomingMessage['headers'];
  status: number;
  /** The answer's Datamesh-Event. */
  outcome: string | undefined;
  setsCookie: boolean;
  /** Milliseconds since the epoch. */
  at: number;
}

export class ForeignSite {
  /** What its pages sent below /t/, in order. */
  readonly sent: Sent[] = [];
  /** Reports of its policy. */
  readonly violations: string[] = [];
  /** Answers instead of the edge, when set. */
  busy: { status: number; headers: Record<string, string> } | null = null;
  #edge: URL | null = null;

  private constructor(
    private readonly pages: Server,
    private readonly gate: Server,
  ) {}

  static async start(): Promise<ForeignSite> {
    const site: ForeignSite = new ForeignSite(
      createServer((incoming, outgoing) => site.#page(incoming, outgoing)),
      createServer((incoming, outgoing) => site.#pass(incoming, outgoing)),
    );
    for (const server of [site.pages, site.gate]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** By address, while the dashboard is `localhost`: to a browser these are two sites, not only two origins. */
  get origin(): string {
    return `http://127.0.0.1:${(this.pages.address() as AddressInfo).port}`;
  }

  get trackerOrigin(): string {
    return `http://localhost:${(this.gate.address() as AddressInfo).port}`;
  }

  sendTo(edge: string): void {
    this.#edge = new URL(edge);
  }

  /** Events that its pages sent about paths that begin like this; one that was sent twice is here twice. */
  events(prefix: string): { id: string; name: string; ts: string; url: string; dwell_ms?: number; outcome: string | undefined }[] {
    const all = this.sent.flatMap(({ path, body, outcome }) =>
      path === '/t/events' ? (JSON.parse(body) as ReturnType<ForeignSite['events']>).map((event) => ({ ...event, outcome })) : [],
    );
    return all.filter(({ url }) => url.startsWith(this.origin + prefix));
  }

  async stop(): Promise<void> {
    for (const server of [this.pages, this.gate]) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  }

  #page(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { pathname } = new URL(incoming.url ?? '/', this.origin);
    if (pathname === '/violations') {
      incoming.setEncoding('utf8').on('data', (report: string) => this.violations.push(report));
      outgoing.writeHead(204).end();
    } else if (pathname.endsWith('.rules')) {
      const rules = { prerender: [{ urls: [pathname.replace(/\.rules$/, '/next')], eagerness: 'immediate' }] };
      outgoing.writeHead(200, { 'content-type': 'application/speculationrules+json' }).end(JSON.stringify(rules));
    } else if (pathname === '/favicon.ico') {
      outgoing.writeHead(204).end();
    } else {
      const tracker = this.trackerOrigin;
      outgoing
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `default-src 'none'; script-src ${tracker}; connect-src ${tracker}; img-src ${tracker}; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /violations`,
          // The page next door is prepared while this one is read.
          ...(pathname.startsWith('/prerender/') && !pathname.endsWith('/next') ? { 'speculation-rules': `"${pathname}.rules"` } : {}),
        })
        .end(`<!doctype html><title>${pathname}</title><a href="${pathname}/next">next</a>
          ${embedded(pathname, tracker)}`);
    }
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const edge = this.#edge;
    if (!edge) return void outgoing.writeHead(502).end();
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const path = incoming.url ?? '/';
      const note = (status: number, headers: IncomingMessage['headers']): void => {
        const outcome = headers['datamesh-event'];
        this.sent.push({
          method: incoming.method ?? '',
          path,
          body: body.toString('utf8'),
          headers: incoming.headers,
          status,
          outcome: typeof outcome === 'string' ? outcome : undefined,
          setsCookie: headers['set-cookie'] !== undefined,
          at: Date.now(),
        });
      };
      if (this.busy && path === '/t/events') {
        const headers = {
          ...this.busy.headers,
          'access-control-allow-origin': this.origin,
          'access-control-expose-headers': 'datamesh-event, retry-after',
        };
        note(this.busy.status, {});
        outgoing.writeHead(this.busy.status, headers).end();
        return;
      }
      const headers = { ...incoming.headers, host: edge.host };
      const onward = request({ host: '127.0.0.1', port: edge.port, path, method: incoming.method, headers }, (answer) => {
        note(answer.statusCode ?? 0, answer.headers);
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  }
}

/** How the pages below a path have the tracker: as a deferred script, or as their first segment says. */
function embedded(pathname: string, tracker: string): string {
  const script = (kind: string): string => `<script ${kind} src="${tracker}/t/tracker.js" data-site="shop"></script>`;
  if (pathname.startsWith('/module/')) return script('type="module"');
  if (pathname.startsWith('/twice/')) return `${script('type="module"')}${script('defer')}${script('async')}`;
  if (pathname.startsWith('/pixel/')) return `<img src="${tracker}/t/pixel.gif?site=shop&path=${pathname}" alt="">${script('defer')}`;
  return script('defer');
}
