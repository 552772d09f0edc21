import { customElement } from 'solid-element';
import { createSignal } from 'solid-js';
import h from 'solid-js/h';

/** A counter of Solid, as `solid-element` makes a custom element: the attribute `start`, the event `counted`. */
customElement('acme-solid-counter', { start: 1 }, (props, { element }) => {
  const [more, setMore] = createSignal(0);
  const count = () => {
    setMore(more() + 1);
    element.dispatchEvent(new CustomEvent('counted', { detail: Number(props.start) + more() }));
  };
  return h('button', { onClick: count }, () => `Counted to ${Number(props.start) + more()}`);
});
