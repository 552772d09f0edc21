import type { WidgetSummary } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { Fragment, type KeyboardEvent, type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import type { Fit } from './fitting/fits';
import { healthOf, inBrief } from './format-usage';
import type { Figures } from './usage-cache';

interface WidgetCardProps {
  widget: WidgetSummary;
  /** How it did over the last 30 days, once that is known. */
  figures: Figures | undefined;
  /** Why it works with the layout, where it does. */
  fit: Fit | undefined;
  /** How often it was added just now. */
  added: number;
  showDetails(): void;
  /** At once. */
  add(): void;
  /** To a place that is chosen with the keyboard. */
  place(): void;
  /** The pointer has begun to carry it away. */
  drag(pointer: PointerEvent): void;
}

/** Pixels before a press becomes a drag. */
const SLACK = 5;

export function WidgetCard({ widget, fit, figures, added, showDetails, add, place, drag }: WidgetCardProps) {
  const stopDrag = useRef<() => void>(undefined);
  useEffect(() => () => stopDrag.current?.(), []);

  const onPointerDown = (event: ReactPointerEvent): void => {
    if (event.button !== 0 || (event.target as Element).closest('button, a')) return;
    const { clientX, clientY, pointerId } = event;
    const onMove = (move: PointerEvent): void => {
      if (move.pointerId !== pointerId || Math.hypot(move.clientX - clientX, move.clientY - clientY) < SLACK) return;
      stop();
      drag(move);
    };
    const stop = (): void => {
      document.removeEventListener('pointermove', onMove);
      document.removeEventListener('pointerup', stop);
      document.removeEventListener('pointercancel', stop);
    };
    stopDrag.current = stop;
    document.addEventListener('pointermove', onMove);
    document.addEventListener('pointerup', stop);
    document.addEventListener('pointercancel', stop);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    place();
  };

  return (
    <li className="card" data-widget={widget.name} onPointerDown={onPointerDown} onKeyDownCapture={onKeyDown}>
      <Shot widget={widget} />
      <div className="card-text">
        <h3>
          <Button className="card-title" aria-description={i18n.t('Details')} onPress={showDetails}>
            {widget.title}
          </Button>
        </h3>
        <p>{widget.description}</p>
        {fit ? <span className="card-fit">{fit.reasons.join(' · ')}</span> : null}
        <small>
          {widget.deprecated ? <span className="card-deprecated">{i18n.t('deprecated')} · </span> : <HealthDot figures={figures} />}
          {widget.publisher} · <span title={widget.version}>{shownVersion(widget.version)}</span>
          <span className="card-use">{usedIn(widget.layouts)}</span>
          <CardFigures figures={figures} />
        </small>
      </div>
      <Button
        className="button card-add"
        aria-label={i18n.t('Add {title}', { title: widget.title })}
        aria-description={i18n.t('Shift and Enter to choose the place')}
        onPress={({ target, pointerType }) => {
          add();
          // The new panel takes the focus; with the keyboard one goes on in the list.
          if (pointerType === 'keyboard' || pointerType === 'virtual') (target as HTMLElement).focus();
        }}
      >
        {i18n.t('Add')}
        {added > 0 ? (
          <span className="card-added" title={i18n.t('{count, plural, one {Added once} other {Added # times}}', { count: added })}>
            {added}
          </span>
        ) : null}
      </Button>
    </li>
  );
}

/** Only for the eye: the figures beside it say the same. Nothing is said of a widget that nobody has tried yet. */
function HealthDot({ figures }: { figures: Figures | undefined }) {
  const health = figures && healthOf(figures);
  return health ? <span className="card-dot" data-health={health} aria-hidden="true" /> : null;
}

function CardFigures({ figures }: { figures: Figures | undefined }) {
  const brief = figures ? inBrief(figures) : [];
  if (brief.length === 0) return null;
  return (
    <span className="card-figures" title={i18n.t('Last 30 days, on this dashboard')}>
      <span className="hidden-text">{i18n.t('Last 30 days:')} </span>
      {brief.map((part, index) => (
        <Fragment key={part}>
          {index > 0 ? ' · ' : null}
          <span>{part}</span>
        </Fragment>
      ))}
    </span>
  );
}

/** Through <img> only: a published SVG is then a picture and never a document. */
export function Shot({ widget }: { widget: WidgetSummary }) {
  const [broken, setBroken] = useState(false);
  const shot = widget.screenshots[0];
  const src = shot?.src ?? widget.icon;
  const shown = !broken && src?.startsWith('/remotes/') ? src : undefined;
  return (
    <span className="shot" data-kind={!shown ? 'none' : shot ? 'screenshot' : 'icon'}>
      {shown ? (
        <img src={shown} alt={shot?.label ?? ''} loading="lazy" decoding="async" draggable={false} onError={() => setBroken(true)} />
      ) : (
        <Icon name="panels" size={22} />
      )}
    </span>
  );
}

export const usedIn = (layouts: number): string =>
  layouts === 0 ? i18n.t('not used yet') : i18n.t('{layouts, plural, one {in # layout} other {in # layouts}}', { layouts });
