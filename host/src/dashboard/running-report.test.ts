import { describe, expect, it } from 'vitest';
import { RunningReport, type RunningWidget } from './running-report';

function page() {
  const sent: RunningWidget[][] = [];
  const state = { now: 0, running: [] as RunningWidget[], away: false };
  const report = new RunningReport({
    running: () => state.running,
    send: async (widgets) => {
      if (state.away) throw new Error('away');
      sent.push(widgets);
    },
    now: () => state.now,
  });
  return { sent, state, report };
}
const notes = (version: string): RunningWidget => ({ name: 'notes', version });

describe('what an open dashboard tells of itself', () => {
  it('is each version once, told when it changes and once a minute', async () => {
    const { sent, state, report } = page();
    state.running = [notes('2.0.0'), notes('1.0.0'), notes('2.0.0')];
    await report.look();
    expect(sent).toEqual([[notes('1.0.0'), notes('2.0.0')]]);
    state.now = 59_999;
    state.running.reverse();
    await report.look();
    expect(sent).toHaveLength(1);
    state.now = 60_000;
    await report.look();
    expect(sent).toHaveLength(2);
    state.running = [notes('2.0.0')];
    await report.look();
    expect(sent[2]).toEqual([notes('2.0.0')]);
  });

  it('is told again after an outage', async () => {
    const { sent, state, report } = page();
    state.running = [notes('1.0.0')];
    state.away = true;
    await report.look();
    state.away = false;
    // Not with every look: an outage is not helped by it.
    state.now = 14_999;
    await report.look();
    expect(sent).toEqual([]);
    state.now = 15_000;
    await report.look();
    expect(sent).toEqual([[notes('1.0.0')]]);
  });

  it('is told anew once it was forgotten', async () => {
    const { sent, report } = page();
    await report.look();
    report.forget();
    await report.look();
    expect(sent).toEqual([[], []]);
  });

  it('is no more than the registry takes', async () => {
    const { sent, state, report } = page();
    state.running = Array.from({ length: 300 }, (_, i) => notes(`1.0.${i}`));
    await report.look();
    expect(sent[0]).toHaveLength(200);
  });
});
