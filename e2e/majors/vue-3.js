import { createApp, h, onUnmounted, reactive, version, watch } from 'vue';

const view = (element) => ({
  setup() {
    const held = reactive({ ...element.state, name: 'nobody' });
    const listening = element.fdc3.addContextListener('fdc3.instrument', ({ name }) => {
      held.name = name;
    });
    onUnmounted(() => listening.then((listener) => listener.unsubscribe()));
    watch(held, ({ count, typed }) => {
      element.state = { count, typed };
    });
    const more = () => {
      held.count += 1;
      element.fdc3.broadcast({ type: 'team.count', from: 'Vue', count: held.count });
    };
    const type = ({ target }) => {
      held.typed = target.value;
    };
    return () => [
      h('p', `Vue ${version}: ${held.name}, ${held.count}`),
      h('input', { 'aria-label': 'Note', value: held.typed, onInput: type }),
      h('button', { type: 'button', onClick: more }, 'More'),
    ];
  },
});

export default class extends HTMLElement {
  state = { count: 0, typed: '' };

  connectedCallback() {
    this.view = createApp(view(this));
    this.view.mount(this.shadowRoot ?? this.attachShadow({ mode: 'open' }));
  }

  disconnectedCallback() {
    this.view.unmount();
  }

  getState() {
    return this.state;
  }

  setState(state) {
    this.state = state;
  }
}
