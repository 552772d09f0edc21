/** One source for two majors: what `react` is, the build says. */
import { createElement, useEffect, useState, version } from 'react';
import { createRoot } from 'react-dom/client';

function View({ element }) {
  const [{ count, typed }, setState] = useState(element.state);
  const [name, setName] = useState('nobody');
  useEffect(() => {
    const listening = element.fdc3.addContextListener('fdc3.instrument', (context) => setName(context.name));
    return () => void listening.then((listener) => listener.unsubscribe());
  }, [element]);
  useEffect(() => {
    element.state = { count, typed };
  }, [element, count, typed]);
  const more = () => {
    setState({ count: count + 1, typed });
    element.fdc3.broadcast({ type: 'team.count', from: 'React', count: count + 1 });
  };
  return createElement(
    'div',
    null,
    createElement('p', null, `React ${version}: ${name}, ${count}`),
    createElement('input', { 'aria-label': 'Note', value: typed, onChange: ({ target }) => setState({ count, typed: target.value }) }),
    createElement('button', { type: 'button', onClick: more }, 'More'),
  );
}

export default class extends HTMLElement {
  state = { count: 0, typed: '' };

  connectedCallback() {
    this.root = createRoot(this.shadowRoot ?? this.attachShadow({ mode: 'open' }));
    this.root.render(createElement(View, { element: this }));
  }

  disconnectedCallback() {
    this.root.unmount();
  }

  getState() {
    return this.state;
  }

  setState(state) {
    this.state = state;
  }
}
