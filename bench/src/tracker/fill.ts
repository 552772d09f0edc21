/** Puts made-up visits into a store the way the tracker does: through its sink, in batches of the size that a busy log gives. */
import type { Sink } from '../../../tracker/src/sinks/sink';
import { type Traffic, visits } from './visits';

const BATCH_BYTES = 4 * 1024 * 1024;

/** Seconds that it took. */
export async function fill(sink: Sink, traffic: Traffic): Promise<number> {
  const started = performance.now();
  let payloads: Buffer[] = [];
  let positions: number[] = [];
  let position = 0;
  let bytes = 0;
  const write = async (): Promise<void> => {
    if (payloads.length === 0) return;
    const { inserted } = await sink.write(payloads, position, positions);
    if (inserted !== payloads.length) throw new Error(`the sink took ${inserted} of ${payloads.length} events`);
    [payloads, positions, bytes] = [[], [], 0];
  };
  for (const event of visits(traffic)) {
    const payload = Buffer.from(JSON.stringify(event));
    payloads.push(payload);
    positions.push(position);
    position += payload.length;
    bytes += payload.length;
    if (bytes >= BATCH_BYTES) await write();
  }
  await write();
  return (performance.now() - started) / 1000;
}
