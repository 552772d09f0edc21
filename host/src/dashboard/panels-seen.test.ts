import { describe, expect, it } from 'vitest';
import type { PanelReport } from '../workspace/types';
import { PanelsSeen } from './panels-seen';

const notes = { panel: 'p1', widget: 'notes', version: '1.0.0', layout: 'l1' };
const next = { ...notes, version: '1.1.0' };

function setting() {
  const told: unknown[][] = [];
  const panels = new PanelsSeen({
    visible: (seen, load) => told.push(['visible', seen.version, load]),
    hidden: (seen) => told.push(['hidden', seen.version]),
    failed: (seen, props) => told.push(['failed', seen.version, props]),
  });
  const hear = (...events: PanelReport[]): void => {
    for (const event of events) panels.onPanelReport(event);
  };
  return { told, panels, hear };
}

describe('PanelsSeen', () => {
  it('tells how long loading took with the first view of what was mounted, and with no later one', () => {
    const { told, panels, hear } = setting();
    panels.setVisible(true);
    hear({ kind: 'mounted', ...notes, ms: 412.4 }, { kind: 'visible', ...notes }, { kind: 'hidden', ...notes, ms: 5 });
    hear({ kind: 'visible', ...notes });
    panels.setVisible(false);
    panels.setVisible(true);
    expect(told).toEqual([
      ['visible', '1.0.0', 412.4],
      ['hidden', '1.0.0'],
      ['visible', '1.0.0', undefined],
      ['hidden', '1.0.0'],
      ['visible', '1.0.0', undefined],
    ]);
  });

  it('keeps it until the layout is looked at', () => {
    const { told, panels, hear } = setting();
    hear(
      { kind: 'mounted', ...notes, ms: 300 },
      { kind: 'visible', ...notes },
      { kind: 'hidden', ...notes },
      { kind: 'visible', ...notes },
    );
    panels.setVisible(true);
    expect(told).toEqual([
      ['hidden', '1.0.0'],
      ['visible', '1.0.0', 300],
    ]);
  });

  it('tells it again for another version, and never one of them for the other', () => {
    const { told, panels, hear } = setting();
    panels.setVisible(true);
    hear({ kind: 'mounted', ...notes, ms: 300 }, { kind: 'visible', ...notes });
    hear({ kind: 'swapped', ...next, ms: 80 }, { kind: 'hidden', ...notes }, { kind: 'visible', ...next });
    hear({ kind: 'swapped', ...notes, ms: 70 }, { kind: 'hidden', ...next }, { kind: 'visible', ...next });
    expect(told.filter(([what]) => what === 'visible')).toEqual([
      ['visible', '1.0.0', 300],
      ['visible', '1.1.0', 80],
      ['visible', '1.1.0', undefined],
    ]);
  });

  it('tells a problem of a running widget once for each mount, and every load that failed', () => {
    const { told, hear } = setting();
    const throws: PanelReport = { kind: 'failed', ...notes, detail: 'x is undefined' };
    hear(throws, throws, { ...throws, detail: 'y' }, { kind: 'mounted', ...notes, ms: 1 }, throws);
    const broken: PanelReport = { kind: 'failed', ...next, detail: 'threw', stage: 'connect', reason: 'threw' };
    hear(broken, broken);
    expect(told).toEqual([
      ['failed', '1.0.0', { detail: 'x is undefined' }],
      ['failed', '1.0.0', { detail: 'y' }],
      ['failed', '1.0.0', { detail: 'x is undefined' }],
      ['failed', '1.1.0', { detail: 'threw', stage: 'connect', reason: 'threw' }],
      ['failed', '1.1.0', { detail: 'threw', stage: 'connect', reason: 'threw' }],
    ]);
  });
});
