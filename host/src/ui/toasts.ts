import { Store } from './store';

export interface ToastAction {
  label: string;
  run(): void;
}

export interface Toast {
  id: number;
  level: 'info' | 'good' | 'warn' | 'bad';
  text: string;
  /** What can be done about it. */
  actions: readonly ToastAction[];
}

const SHORT = 6_000;
const LONG = 12_000;
const MAX_TOASTS = 4;

/** Short news at the bottom of the page. What went wrong stays until it is dismissed. */
export class Toasts {
  readonly store = new Store<{ items: Toast[] }>({ items: [] });
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #next = 1;
  #unattended = false;

  readonly show = (level: Toast['level'], text: string, ...actions: ToastAction[]): void => {
    const { items } = this.store.getSnapshot();
    for (const same of items.filter((toast) => toast.text === text)) this.dismiss(same.id);
    const id = this.#next++;
    this.store.patch({ items: [...this.store.getSnapshot().items, { id, level, text, actions }].slice(-MAX_TOASTS) });
    this.resume(id);
  };

  readonly dismiss = (id: number): void => {
    this.pause(id);
    this.store.patch({ items: this.store.getSnapshot().items.filter((toast) => toast.id !== id) });
  };

  /** Nobody is there who would dismiss anything: what went wrong goes as well. */
  set unattended(unattended: boolean) {
    this.#unattended = unattended;
    for (const { id } of this.store.getSnapshot().items) this.resume(id);
  }

  /** Nothing disappears under somebody's pointer or focus. */
  readonly pause = (id: number): void => {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  };

  readonly resume = (id: number): void => {
    const toast = this.store.getSnapshot().items.find((item) => item.id === id);
    if (!toast) return;
    this.pause(id);
    if (toast.level === 'bad' && !this.#unattended) return;
    const wait = toast.actions.length > 0 || toast.level === 'bad' ? LONG : SHORT;
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), wait),
    );
  };
}
