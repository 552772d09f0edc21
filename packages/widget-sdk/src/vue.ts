/** Vue components as widgets. A component's <style> is not used: styles are text to adopt, like everywhere else. */
import { type App, type Component, createApp, type InjectionKey, inject, onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import type { ContextHandler } from './interop';
import type { Settings } from './types';
import { WidgetBase } from './widget-base';

const here: InjectionKey<WidgetBase> = Symbol('widget');

export function vueWidget(component: Component, css: string): CustomElementConstructor {
  return class VueWidget extends WidgetBase {
    #app: App | undefined;

    constructor() {
      super(css);
    }

    protected override mountView(view: HTMLElement): void {
      const app = createApp(component);
      app.provide(here, this);
      // Not only to the console: the window hears of it, and the host knows the panel by the files in its stack.
      app.config.throwUnhandledErrorInProduction = true;
      app.mount(view);
      this.#app = app;
    }

    protected override unmountView(): void {
      this.#app?.unmount();
      this.#app = undefined;
    }
  };
}

/** The element around this component, and its settings as a ref. */
export function useWidget(): { widget: WidgetBase; settings: Readonly<ShallowRef<Settings>> } {
  const widget = inject(here);
  if (!widget) throw new Error('useWidget() works below vueWidget() only');
  const settings = shallowRef(widget.settings);
  onScopeDispose(
    widget.onSettings(() => {
      settings.value = widget.settings;
    }),
  );
  return { widget, settings };
}

/** Hears contexts of a type for as long as the component is mounted. */
export function useContextListener(type: string, handler: ContextHandler): void {
  onScopeDispose(useWidget().widget.listen(type, handler));
}
