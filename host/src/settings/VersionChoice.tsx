import type { WidgetDetail } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client';
import { asProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import { dayOf } from '../ui/times';
import { Choice, type ChoiceItem } from './Choice';

interface VersionChoiceProps {
  /** `series-chart@stable`. */
  spec: string;
  /** What it means right now. */
  running: string | null;
  choose(spec: string): void;
}

/** Follow a channel, or stay at one version. */
export function VersionChoice({ spec, running, choose }: VersionChoiceProps) {
  const at = spec.indexOf('@');
  const [name, wanted] = [spec.slice(0, at), spec.slice(at + 1)];
  const [detail, setDetail] = useState<WidgetDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    ask(api.GET('/widgets/{name}', { params: { path: { name } }, signal: stop.signal })).then(setDetail, (cause: unknown) => {
      if (!stop.signal.aborted) setProblem(asProblem(cause).message);
    });
    return () => stop.abort();
  }, [name]);

  const items = detail ? choices(detail) : [];
  // What the layout asks for stays choosable, also when the list does not (yet) have it.
  if (!items.some(({ id }) => id === wanted))
    items.unshift({ id: wanted, label: labelOf(wanted), detail: running === null ? undefined : shownVersion(running) });
  return (
    <>
      <Choice label={i18n.t('Version')} items={items} chosen={wanted} choose={(next) => choose(`${name}@${next}`)} />
      {problem ? (
        <p className="field-description" role="alert">
          {i18n.t('The other versions could not be listed.')} {problem}
        </p>
      ) : null}
    </>
  );
}

const isVersion = (wanted: string): boolean => /^\d+\.\d+\.\d+/.test(wanted);
const labelOf = (wanted: string): string =>
  isVersion(wanted) ? i18n.t('Stay at {version}', { version: shownVersion(wanted) }) : i18n.t('Follow {channel}', { channel: wanted });

function choices({ channels, versions }: WidgetDetail): ChoiceItem[] {
  const order = ['stable', 'latest'];
  const named = Object.keys(channels).sort((a, b) => ((order.indexOf(a) + 3) % 3) - ((order.indexOf(b) + 3) % 3) || a.localeCompare(b));
  return [
    ...named.map((channel) => ({
      id: channel,
      label: labelOf(channel),
      detail: i18n.t('now {version}', { version: shownVersion(channels[channel] ?? '') }),
    })),
    ...versions
      .filter(({ yanked }) => yanked === null)
      .map(({ version, publishedAt, deprecated }) => ({
        id: version,
        label: labelOf(version),
        detail: deprecated !== null ? 'deprecated' : dayOf(publishedAt),
      })),
  ];
}
