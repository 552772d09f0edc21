import type { AuditVerification } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { pause } from '../../api/pause';
import { useLive } from '../../pages/useLive';
import { Waiting } from '../../pages/Waiting';
import type { Desk } from '../../shell/desk';
import { ago, exactly } from '../../shell/times';
import { beginVerification, readVerification } from './auditCalls';

/** Milliseconds after which it is asked how far a reading has come. */
const SOON = 1000;
const count = new Intl.NumberFormat('en');

/** Whether the log is what was written, and how far; the service reads it in pieces, and this page only asks how far it is. */
export function Verification({ desk }: { desk: Desk }) {
  const found = useLive(desk, '', [], readVerification);
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
    await desk.attempt(beginVerification());
    setBeginning(false);
    ask();
  };
  return (
    <section aria-labelledby="audit-verification">
      <h2 id="audit-verification">Verification</h2>
      <Waiting of={found} lines={1} what="Whether the log is whole" />
      {value ? (
        <div className="administration-row place-rows" data-broken={value.broken !== null}>
          <div role="status">
            {reading ? (
              <>
                <strong>{`Reading: ${count.format(reading.entries)} of ${count.format(reading.of)} entries are whole so far`}</strong>
                <progress aria-label="How far the log is read" max={Math.max(1, reading.of)} value={reading.entries} />
              </>
            ) : (
              <strong>{inWords(value)}</strong>
            )}
            <span className="place-small">
              read <time title={exactly(value.at)}>{ago(value.at, Date.now())}</time>
              {value.head ? ` · hash of entry ${value.head.seq}: ${value.head.hash.slice(0, 16)}…` : ''}
            </span>
          </div>
          <Button className="button" isDisabled={beginning || reading !== null} onPress={() => void verify()}>
            Verify now
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function inWords({ broken, entries }: AuditVerification): string {
  if (broken) return `Broken at entry ${broken.seq}: ${broken.detail}. The ${count.format(entries)} before it are whole.`;
  return entries === 1 ? 'The one entry is whole.' : `All ${count.format(entries)} entries are whole.`;
}
