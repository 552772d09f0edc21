import { i18n } from '../language/i18n';
import { Icon } from './Icon';
import type { Toasts } from './toasts';
import { useStore } from './use-store';

export function ToastList({ toasts }: { toasts: Toasts }) {
  const { items } = useStore(toasts.store);
  return (
    <section className="toasts" aria-label={i18n.t('News')} aria-live="polite">
      {items.map(({ id, level, text, actions }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only stops the clock
        <div
          key={id}
          className="toast"
          data-level={level}
          role={level === 'bad' ? 'alert' : undefined}
          onPointerEnter={() => toasts.pause(id)}
          onPointerLeave={() => toasts.resume(id)}
          onFocus={() => toasts.pause(id)}
          onBlur={() => toasts.resume(id)}
        >
          <span className="toast-mark" aria-hidden="true" />
          <p>{text}</p>
          {actions.map(({ label, run }) => (
            <button
              key={label}
              type="button"
              className="link"
              onClick={() => {
                toasts.dismiss(id);
                run();
              }}
            >
              {label}
            </button>
          ))}
          <button type="button" className="button quiet icon-only small" aria-label={i18n.t('Dismiss')} onClick={() => toasts.dismiss(id)}>
            <Icon name="close" size={12} />
          </button>
        </div>
      ))}
    </section>
  );
}
