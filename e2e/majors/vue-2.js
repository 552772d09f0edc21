import Vue from 'vue-2/dist/vue.runtime.esm.js';

const View = {
  props: ['element'],
  data() {
    return { ...this.element.state, name: 'nobody' };
  },
  created() {
    this.listening = this.element.fdc3.addContextListener('fdc3.instrument', (context) => {
      this.name = context.name;
    });
  },
  updated() {
    this.element.state = { count: this.count, typed: this.typed };
  },
  destroyed() {
    this.listening.then((listener) => listener.unsubscribe());
  },
  methods: {
    more() {
      this.count += 1;
      this.element.fdc3.broadcast({ type: 'team.count', from: 'Vue', count: this.count });
    },
    type({ target }) {
      this.typed = target.value;
    },
  },
  render(h) {
    return h('div', [
      h('p', `Vue ${Vue.version}: ${this.name}, ${this.count}`),
      h('input', { attrs: { 'aria-label': 'Note' }, domProps: { value: this.typed }, on: { input: this.type } }),
      h('button', { attrs: { type: 'button' }, on: { click: this.more } }, 'More'),
    ]);
  },
};

export default class extends HTMLElement {
  state = { count: 0, typed: '' };

  connectedCallback() {
    const place = document.createElement('div');
    (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).replaceChildren(place);
    this.view = new Vue({ render: (h) => h(View, { props: { element: this } }) }).$mount(place);
  }

  disconnectedCallback() {
    this.view.$destroy();
  }

  getState() {
    return this.state;
  }

  setState(state) {
    this.state = state;
  }
}
