import type { WidgetDetail } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { i18n } from '../language/i18n';
import { rich } from '../language/rich';
import { ago, exactly } from '../ui/times';
import { type ChannelRow, placeOf } from './environments';
import { holdChannel, liftHold } from './holding';
import { holderName } from './moves';
import { Version } from './Version';

interface ChannelsProps {
  controller: DashboardController;
  detail: WidgetDetail;
  rows: readonly ChannelRow[];
  /** What each channel has given. */
  given: Record<string, string[]>;
  now: number;
  changed(): void;
}

/** What each channel gives, why, and the way to freeze it. */
export function Channels({ controller, detail, rows, given, now, changed }: ChannelsProps) {
  return (
    <ul className="place-rows">
      {rows.map((row) => (
        <li key={row.channel} className="deployments-channel" aria-label={row.channel} data-held={row.hold !== null}>
          <span className="place-chip">{row.channel}</span>
          <div className="deployments-gives">
            <p>{rich((slots) => i18n.t('gives {version}', slots), { version: <Version version={row.version} /> })}</p>
            <p className="place-small">{because(row, now)}</p>
            {row.hold ? <HoldNote hold={row.hold} wouldGive={row.wouldGive} now={now} /> : null}
          </div>
          {row.canHold && row.version !== null ? (
            <HoldButton controller={controller} name={detail.name} row={row} versions={given[row.channel] ?? []} changed={changed} />
          ) : null}
        </li>
      ))}
      {rows.length === 0 ? <li className="place-empty">{i18n.t('No channel gives a version.')}</li> : null}
    </ul>
  );
}

function because({ channel, owner }: ChannelRow, now: number): string {
  if (owner)
    return i18n.t('moved by {place}, revision {revision} since {ago}', {
      place: placeOf(owner),
      revision: owner.revision,
      ago: ago(owner.at, now),
    });
  return channel === 'latest' ? i18n.t('follows publishing') : i18n.t('moved by people');
}

function HoldNote({ hold, wouldGive, now }: { hold: NonNullable<ChannelRow['hold']>; wouldGive: string | null; now: number }) {
  return (
    <p className="deployments-hold">
      <span className="place-chip deployments-held">{i18n.t('held')}</span>
      <span>
        {rich((slots) => i18n.t('by {who}, {when}: {reason}', slots), {
          who: holderName(hold),
          reason: hold.reason,
          when: <time title={exactly(hold.at)}>{ago(hold.at, now)}</time>,
        })}
        {wouldGive === null ? null : ` ${i18n.t('What runs would give {version}.', { version: shownVersion(wouldGive) })}`}
      </span>
    </p>
  );
}

interface HoldButtonProps {
  controller: DashboardController;
  name: string;
  row: ChannelRow;
  versions: readonly string[];
  changed(): void;
}

function HoldButton({ controller, name, row: { channel, version, hold }, versions, changed }: HoldButtonProps) {
  const [lifting, setLifting] = useState(false);
  const lift = async (): Promise<void> => {
    if (!hold) return;
    setLifting(true);
    await controller.attempt(
      liftHold(name, channel, hold.at).then(() =>
        controller.toasts.show('info', i18n.t('{channel} moves again.', { channel: `${name}@${channel}` }), {
          label: i18n.t('Hold it again'),
          run: () => void controller.attempt(holdChannel(name, channel, hold.version, hold.reason).then(changed)),
        }),
      ),
    );
    setLifting(false);
    changed();
  };
  if (hold)
    return (
      <Button className="button" isDisabled={lifting} onPress={() => void lift()}>
        <span aria-hidden="true">{lifting ? i18n.t('Lifting…') : i18n.t('Lift')}</span>
        <span className="hidden-text">{i18n.t('Lift the hold of {channel}', { channel })}</span>
      </Button>
    );
  const choices = [...new Set([version ?? '', ...versions])].filter(Boolean);
  return (
    <Button
      className="button"
      onPress={() => controller.openDialog({ kind: 'hold', hold: { widget: name, channel, version: version ?? '', versions: choices } })}
    >
      <span aria-hidden="true">{i18n.t('Hold…')}</span>
      <span className="hidden-text">{i18n.t('Hold {channel}…', { channel })}</span>
    </Button>
  );
}
