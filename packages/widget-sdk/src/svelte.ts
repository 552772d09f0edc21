/** Svelte 5 components as widgets. The component gets `widget` (its element) and `settings` (a store) as props. */
import { type Component, mount, unmount } from 'svelte';
import { type Readable, readable } from 'svelte/store';
import type { Settings } from './types';
import { WidgetBase } from './widget-base';

export interface SvelteWidgetProps extends Record<string, unknown> {
  widget: WidgetBase;
  settings: Readable<Settings>;
}

export function svelteWidget(component: Component<SvelteWidgetProps>, css = ''): CustomElementConstructor {
  return class SvelteWidget extends WidgetBase {
    #app: ReturnType<typeof mount> | undefined;

    constructor() {
      super(css);
    }

    protected override mountView(view: HTMLElement): void {
      const settings = readable(this.settings, (set) => this.onSettings(() => set(this.settings)));
      this.#app = mount(component, { target: view, props: { widget: this, settings } });
    }

    protected override unmountView(): void {
      const app = this.#app;
      this.#app = undefined;
      if (app) unmount(app).catch((cause: unknown) => reportError(cause));
    }
  };
}
