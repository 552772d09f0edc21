/** What is asked of Prometheus can be answered: a metric that was renamed would make an alert silent, and nobody would know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics as edgeMetrics } from '../../host/server/metrics';
import { createMetrics as registryMetrics } from '../../registry-api/src/http/metrics';
import { createMetrics as trackerMetrics } from '../../tracker/src/metrics';
import { repository } from './rendered';

const folder = join(repository, 'k8s/components/observability/rules');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

interface Alert {
  alert: string;
  expr: string;
  annotations: { runbook: string; summary: string };
}
const alerts = (parse(read('alerts.yaml')) as { spec: { groups: { rules: Alert[] }[] } }).spec.groups.flatMap(({ rules }) => rules);
const panels = (JSON.parse(read('dashboard.json')) as { panels: { title: string; targets: { expr: string; legendFormat: string }[] }[] })
  .panels;
const queries: [string, string][] = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
];

/** What Prometheus adds to each metric of a pod. */
const OF_TARGETS = ['namespace', 'pod', 'container'];

/** Each metric that a service answers with, and its labels. */
async function offered(): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>([['up', []]]);
  const edge = edgeMetrics(() => 0);
  const registries = [registryMetrics().registry, trackerMetrics().registry, edge.registry];
  for (const registry of registries)
    for (const { name, type } of await registry.getMetricsAsJSON()) {
      const labels = (registry.getSingleMetric(name) as unknown as { labelNames?: string[] }).labelNames ?? [];
      if (String(type) === 'histogram') {
        all.set(`${name}_bucket`, [...labels, 'le']);
        for (const part of ['count', 'sum']) all.set(`${name}_${part}`, labels);
      } else all.set(name, labels);
    }
  return all;
}

/** The metrics and labels that a query names; not a whole grammar, but all of what ours use. */
function namesIn(query: string): { metrics: string[]; labels: string[] } {
  const bare = query.replaceAll(/"[^"]*"/g, '');
  const grouped = [...bare.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  const matched = [...bare.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = '']) => list.split(',').map((one) => one.replace(/\W+$/, '')));
  const rest = bare.replaceAll(/\bby \([^)]*\)|\{[^}]*\}|\[\w+\]/g, ' ');
  const metrics = [...rest.matchAll(/(?<![\w.])([a-z_][\w:]*)(?!\w|\s*\()/g)].map(([, name = '']) => name);
  return { metrics, labels: [...grouped, ...matched].map((label) => label.trim()) };
}

it('reads a query’s metrics and labels', () => {
  expect(namesIn('histogram_quantile(0.99, sum by (le, sink) (rate(a_seconds_bucket{code=~"5..",x!="y"}[5m]))) > 2.5e6')).toEqual({
    metrics: ['a_seconds_bucket'],
    labels: ['le', 'sink', 'code', 'x'],
  });
});

it.each(queries)('%s asks for what the services have: %s', async (_, query) => {
  const known = await offered();
  const { metrics, labels } = namesIn(query);
  expect(metrics.length).toBeGreaterThan(0);
  for (const metric of metrics) expect([...known.keys()]).toContain(metric);
  for (const label of labels) expect([...OF_TARGETS, ...metrics.flatMap((metric) => known.get(metric) ?? [])]).toContain(label);
});

it('every alert leads to a section of docs/operations.md', () => {
  const headings = readFileSync(join(repository, 'docs/operations.md'), 'utf8').matchAll(/^## (.*)$/gm);
  const anchors = [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const { annotations } of alerts) expect(anchors.map((anchor) => `docs/operations.md#${anchor}`)).toContain(annotations.runbook);
});

it('panels do not cover each other', () => {
  const { panels: placed } = JSON.parse(read('dashboard.json')) as {
    panels: { gridPos: { x: number; y: number; w: number; h: number } }[];
  };
  const cells = placed.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (__, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});
