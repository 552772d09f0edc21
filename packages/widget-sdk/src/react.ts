/** React components as widgets. */
import { type ComponentType, createContext, createElement, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { ContextHandler } from './interop';
import type { Settings } from './types';
import { WidgetBase } from './widget-base';

const Here = createContext<WidgetBase | null>(null);

/** Makes an element class of a component: own shadow root, own adopted style sheet, own React root. */
export function reactWidget(component: ComponentType, css: string): CustomElementConstructor {
  return class ReactWidget extends WidgetBase {
    #react: Root | undefined;

    constructor() {
      super(css);
    }

    protected override mountView(view: HTMLElement): void {
      // What nobody catches React reports to the window; the host knows the panel by the files in its stack.
      this.#react = createRoot(view);
      this.#react.render(createElement(Here.Provider, { value: this }, createElement(component)));
    }

    protected override unmountView(): void {
      this.#react?.unmount();
      this.#react = undefined;
    }
  };
}

/** The element around this component, and its current settings. */
export function useWidget(): { widget: WidgetBase; settings: Settings } {
  const widget = useContext(Here);
  if (!widget) throw new Error('useWidget() works below reactWidget() only');
  const settings = useSyncExternalStore(widget.onSettings, () => widget.settings);
  return { widget, settings };
}

/** Hears contexts of a type for as long as the component is mounted; the handler may change on each render. */
export function useContextListener(type: string, handler: ContextHandler): void {
  const { widget } = useWidget();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => widget.listen(type, (context) => latest.current(context)), [widget, type]);
}
