import type { AuditVerification } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { pause } from '../../api/pause';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { describeBroken } from '../../dashboard/describe-broken';
import { numberFormat } from '../../language/formats';
import { i18n } from '../../language/i18n';
import { rich } from '../../language/rich';
import { useLive } from '../../pages/use-live';
import { Waiting } from '../../pages/Waiting';
import { ago, exactly } from '../../ui/times';
import { beginVerification, readVerification } from './audit-calls';

/** Milliseconds after which it is asked how far a reading has come. */
const SOON = 1000;
const count = (value: number): string => numberFormat().format(value);

/** Whether the log is what was written, and how far; the service reads it in pieces, and this page only asks how far it is. */
export function Verification({ controller }: { controller: DashboardController }) {
  const found = useLive(controller, '', [], readVerification);
  const { value, ask } = found;
  const reading = value?.reading ?? null;
  const [beginning, setBeginning] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer that is not the last one is followed by another question
  useEffect(() => {
    if (!reading) return;
    const over = new AbortController();
    void pause(SOON, over.signal).then(() => over.signal.aborted || ask());
    return () => over.abort();
  }, [value]);
  const verify = async (): Promise<void> => {
    setBeginning(true);
    await controller.attempt(beginVerification());
    setBeginning(false);
    ask();
  };
  return (
    <section aria-labelledby="audit-verification">
      <h2 id="audit-verification">{i18n.t('Verification')}</h2>
      <Waiting of={found} lines={1} what={i18n.t('Whether the log is whole')} />
      {value ? (
        <div className="administration-row place-rows" data-broken={value.broken !== null}>
          <div role="status">
            {reading ? (
              <>
                <strong>
                  {i18n.t('Reading: {read} of {of} entries are whole so far', { read: count(reading.entries), of: count(reading.of) })}
                </strong>
                <progress aria-label={i18n.t('How far the log is read')} max={Math.max(1, reading.of)} value={reading.entries} />
              </>
            ) : (
              <strong>{describeVerification(value)}</strong>
            )}
            <span className="place-small">
              {rich((slots) => i18n.t('read {when}', slots), {
                when: <time title={exactly(value.at)}>{ago(value.at, Date.now())}</time>,
              })}
              {value.head
                ? ` · ${i18n.t('hash of entry {seq}: {hash}…', { seq: value.head.seq, hash: value.head.hash.slice(0, 16) })}`
                : ''}
            </span>
          </div>
          <Button className="button" isDisabled={beginning || reading !== null} onPress={() => void verify()}>
            {i18n.t('Verify now')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function describeVerification({ broken, entries }: AuditVerification): string {
  if (broken)
    return i18n.t('Broken at entry {seq}: {detail}. The {count} before it are whole.', {
      seq: broken.seq,
      detail: describeBroken(broken),
      count: count(entries),
    });
  return i18n.t('{entries, plural, one {The one entry is whole.} other {All # entries are whole.}}', { entries });
}
