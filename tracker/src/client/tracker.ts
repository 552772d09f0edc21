/**
 * The script for web pages: `<script defer src="https://…/t/tracker.js" data-site="shop"></script>`.
 * One view per page shown (single-page navigation, back/forward cache and prerender included), and the time it was really visible, every 15
 * seconds and whenever it is hidden. No cookie, no storage, nothing inline. `datamesh('signup', {plan: 'pro'})` sends an event of one's own.
 */
interface Options {
  dwell_ms?: number;
  props?: object;
}

(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  const site = script?.dataset['site'];
  if (!script || !site) return;
  const base = script.src.replace(/tracker\.js.*$/, '');
  const beat = 15_000;
  let path = '';
  let referrer = document.referrer;
  /** Since when the page has been visible and not yet reported; 0 while it is hidden. */
  let since = 0;

  /** UUIDv7; crypto.randomUUID would need a secure page. */
  const id = (): string => {
    const random = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => (byte + 256).toString(16).slice(1)).join('');
    const time = Date.now().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
  };

  const send = (to: string, name: string, more?: Options): void => {
    const event = { site, id: id(), name, ts: new Date(), url: location.origin + path, referrer, ...more };
    const body = JSON.stringify(to === 'events' ? [event] : event);
    // A string goes as text/plain, which needs no preflight.
    if (!navigator.sendBeacon?.(base + to, body)) fetch(base + to, { method: 'POST', body, keepalive: true }).catch(() => {});
  };

  const restart = (): void => {
    since = document.visibilityState === 'visible' ? performance.now() : 0;
  };

  const dwell = (): void => {
    const visible = since && Math.round(performance.now() - since);
    restart();
    if (visible > 0) send('tick', 'dwell', { dwell_ms: Math.min(visible, beat * 4) });
  };

  const view = (): void => {
    const next = location.pathname + location.search;
    if (path === next) return;
    if (path) {
      dwell();
      referrer = location.origin + path;
    }
    path = next;
    send('events', 'view');
    restart();
  };

  const start = (): void => {
    view();
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method];
      history[method] = function (...rest) {
        original.apply(this, rest);
        view();
      };
    }
    addEventListener('popstate', view);
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      path = '';
      view();
    });
    addEventListener('pagehide', dwell);
    document.addEventListener('visibilitychange', dwell);
    setInterval(() => since && dwell(), beat);
    Object.assign(window, { datamesh: (name: string, props?: object) => send('events', name, { props }) });
  };

  if ('prerendering' in document && document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else start();
})();
