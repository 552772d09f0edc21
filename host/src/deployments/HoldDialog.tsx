import { shownVersion } from '@datamesh/contracts/versions';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { asProblem } from '../api/problem';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { HoldQuestion } from '../dashboard/open-dashboard';
import { holdChannel, liftHold } from './holding';
import '../pages/pages.css';
import './deployments.css';
import { i18n } from '../language/i18n';

/** Freezes a channel, with a reason for whoever wonders. */
export default function HoldDialog({ controller, hold, close }: { controller: DashboardController; hold: HoldQuestion; close(): void }) {
  const { widget, channel, version, versions } = hold;
  const [chosen, setChosen] = useState(version);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useId();
  const put = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { channelStates } = await holdChannel(widget, channel, chosen, reason.trim());
      const at = channelStates[channel]?.hold?.at ?? '';
      close();
      controller.toasts.show(
        'good',
        i18n.t('{channel} is held at {version}.', { channel: `${widget}@${channel}`, version: shownVersion(chosen) }),
        {
          label: i18n.t('Lift'),
          run: () => void controller.attempt(liftHold(widget, channel, at)),
        },
      );
    } catch (cause) {
      setProblem(asProblem(cause).message);
      setBusy(false);
    }
  };
  return (
    <form
      className="hold-form"
      onSubmit={(event) => {
        event.preventDefault();
        void put();
      }}
    >
      <p className="dialog-text">{i18n.t('Neither what runs nor a promote moves the channel until the hold is lifted.')}</p>
      <div className="field">
        <label className="field-label" htmlFor={field}>
          {i18n.t('Version')}
        </label>
        <select id={field} className="input" value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {versions.map((one) => (
            <option key={one} value={one}>
              {one === version ? i18n.t('{version} (what it gives now)', { version: shownVersion(one) }) : shownVersion(one)}
            </option>
          ))}
        </select>
      </div>
      <TextField className="field" value={reason} onChange={setReason} autoFocus isRequired maxLength={500}>
        <Label className="field-label">{i18n.t('Reason')}</Label>
        <TextArea className="input" placeholder={i18n.t('Prices are wrong in 1.4.0')} />
      </TextField>
      <p className="dialog-note">
        {chosen === version
          ? i18n.t('Everybody keeps the version that they have.')
          : i18n.t('Open dashboards go from {before} to {after} within seconds.', {
              before: shownVersion(version),
              after: shownVersion(chosen),
            })}
      </p>
      {problem === null ? null : (
        <p className="place-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-actions">
        <Button className="button" onPress={close}>
          {i18n.t('Cancel')}
        </Button>
        <Button className="button primary" type="submit" isDisabled={busy || reason.trim() === ''}>
          {busy ? i18n.t('Holding…') : i18n.t('Hold at {version}', { version: shownVersion(chosen) })}
        </Button>
      </div>
    </form>
  );
}
