/**
 * The script for web pages: `<script defer src="https://…/t/tracker.js" data-site="shop"></script>`.
 *
 * - One `view` each time a page is shown to somebody: on the first look at a tab that was opened or prerendered out of sight, after a change
 *   of the path within a page, and on the way back out of the back/forward cache. A tab that the browser threw away and loads again when it
 *   is looked at was never left, nor was one that is reloaded: no view. Beside a pixel the first one is the pixel's.
 * - `dwell`: the time it was really visible since the last report, every 15 seconds and as soon as it is hidden.
 * - `datamesh('signup', {plan: 'pro'})` sends an event of one's own.
 *
 * No cookie, no storage, nothing inline. What could not be sent waits in memory, at most 50 events, and is sent again as it was: same id, same
 * time, so that the collector can tell. It goes with the page.
 */
(() => {
  // A module does not know its own element.
  const script = (document.currentScript ?? document.querySelector('[data-site][src*="tracker.js"]')) as HTMLScriptElement;
  const site = script?.dataset['site'];
  // Twice on a page it would count twice. An element with this id is no function.
  if (!site || typeof window.datamesh === 'function') return;
  const base = script.src.replace(/tracker\.js.*$/, '');
  const address = `${base}events`;
  /** In development the console says what the collector refused, and what it left out. */
  const development = script.dataset['debug'] != null || /localhost$|^127\.|^\[::1/.test(location.hostname);
  const say = (...words: unknown[]): void => {
    if (development) console.warn('datamesh:', ...words);
  };
  const beat = 15_000;
  /** Characters of a request, at most 60,000 bytes: a browser lets 64 KB outlive their page. */
  const most = 20_000;
  // The browser's own header says the same, and the collector counts that somebody does not want to be counted. It need not know more.
  const optedOut = navigator.globalPrivacyControl || navigator.doNotTrack === '1';

  const here = (): string => location.origin + location.pathname + location.search;
  let url = here();
  /** Path of the page that was counted last; '' when the one that is shown is yet to be counted. */
  let path =
    document.wasDiscarded || performance.navigation?.type === 1 || document.querySelector(`[src^="${base}pixel.gif"][src*="site=${site}"]`)
      ? location.pathname
      : '';
  let referrer = document.referrer;
  /** Since when it has been visible without being added to `spent`; 0 while it is not. */
  let since = 0;
  let spent = 0;
  let leaving = false;

  /** Events as JSON, oldest first. */
  let queue: string[] = [];
  const underWay = new Set<string>();
  /** Else requests end with their page. */
  const lasting = 'keepalive' in Request.prototype;
  let failures = 0;
  /** The collector said Retry-After. */
  let held = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const shown = (): boolean => !leaving && !document.prerendering && document.visibilityState === 'visible';

  /** Three hex digits. */
  const random = (): string => ((crypto.getRandomValues(new Uint16Array(1))[0] as number) | 0xf000).toString(16).slice(1);
  /** UUIDv7; crypto.randomUUID would need a secure page. */
  const id = (): string => {
    const time = Date.now().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random()}-8${random()}-${random()}${random()}${random()}${random()}`;
  };

  const flush = (): void => {
    const batch = queue.filter((event) => !underWay.has(event));
    // In order, one request after the other; out of sight a page may end at any time, and when it leaves it has no time for Retry-After.
    if (!batch[0] || document.prerendering || (!leaving && (held || (shown() && underWay.size)))) return;
    let body = `[${batch}]`;
    while (body.length > most && batch[1]) {
      batch.length >>= 1;
      body = `[${batch}]`;
    }
    const settled = (): void => {
      queue = queue.filter((event) => !batch.includes(event));
    };
    if (leaving && !lasting) {
      // No answer, so what the browser took counts as sent.
      if (navigator.sendBeacon(address, body)) {
        settled();
        flush();
      }
      return;
    }
    for (const event of batch) underWay.add(event);
    let pause = 0;
    const again = (least: number): void => {
      held = least > 0;
      // Up to 64 seconds, each page its own, so that they do not all come back at once.
      pause = Math.max(least, 2 ** Math.min(failures++, 6) * (500 + 500 * Math.random()));
    };
    // A string goes as text/plain, which needs no preflight.
    fetch(address, { method: 'POST', body, keepalive: body.length <= most, signal: AbortSignal.timeout?.(2 * beat) })
      .then((answer) => {
        const { status, headers } = answer;
        if (status > 499 || status === 429) again(1000 * (Number(headers.get('retry-after')) || 0));
        else {
          // What was refused for good is settled as well: it would be refused again.
          settled();
          failures = 0;
        }
        const outcome = headers.get('datamesh-event');
        const detail = headers.get('datamesh-detail');
        if (detail || outcome !== 'stored') say(outcome, detail, batch);
        // An answer that is not read to its end goes on taking from the 64 KB.
        return answer.text();
      })
      .catch((error) => {
        again(0);
        say(error);
      })
      .then(() => {
        for (const event of batch) underWay.delete(event);
        clearTimeout(timer);
        timer = setTimeout(() => {
          held = false;
          flush();
        }, pause);
      });
    if (leaving) flush();
  };

  const send = (name: string, more?: object): void => {
    if (optedOut && name !== 'view') return;
    queue.push(JSON.stringify({ site, id: id(), name, ...(optedOut ? {} : { ts: new Date(), url, referrer, ...more }) }));
    // The oldest makes room, but not one that may be arriving just now.
    if (queue[50])
      queue.splice(
        queue.findIndex((event) => !underWay.has(event)),
        1,
      );
    flush();
  };

  /** More than two beats at once is a computer that slept. */
  const count = (): void => {
    const now = performance.now();
    if (since) spent += Math.min(now - since, 2 * beat);
    since = shown() ? now : 0;
  };

  const dwell = (): void => {
    count();
    const dwell_ms = Math.round(spent);
    spent = 0;
    if (dwell_ms) send('dwell', { dwell_ms });
  };

  const view = (): void => {
    if (!shown() || path === location.pathname) return;
    if (path) {
      dwell();
      referrer = '';
    }
    path = location.pathname;
    url = here();
    send('view');
    count();
  };

  const turn = (): void => {
    view();
    if (shown()) count();
    else dwell();
    flush();
  };

  document.addEventListener('visibilitychange', turn);
  document.addEventListener('prerenderingchange', turn);
  addEventListener('online', turn);
  addEventListener('pagehide', () => {
    leaving = true;
    if (!lasting) underWay.clear();
    turn();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    leaving = false;
    path = referrer = '';
    turn();
  });
  if (window.navigation) window.navigation.addEventListener('currententrychange', view);
  else {
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method];
      history[method] = function (...rest) {
        original.apply(this, rest);
        view();
      };
    }
    addEventListener('popstate', view);
  }
  setInterval(() => {
    count();
    // While nothing gets through, it goes on adding up rather than to fill the queue.
    if (!queue[0] || spent > 3_600_000) dwell();
  }, beat);
  window.datamesh = (name: string, props?: object) => {
    try {
      send(name, { props });
    } catch (error) {
      // What is no JSON, such as a circle, costs the properties and nothing of the page.
      say(error);
      send(name);
    }
  };
  turn();
})();
