/** What is asked of both engines about the same events, through the edge, by somebody who is signed in. */
import type { Summary } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import { DAYS, SITE, trafficRange } from './traffic';

export function questions(now: number): string[] {
  const { from, to } = trafficRange(now);
  const day = (to - from) / DAYS;
  const range = (start: number, end: number): string => `from=${new Date(start).toISOString()}&to=${new Date(end).toISOString()}`;
  const whole = range(from, to);
  const uneven = range(from + 1.37 * day, from + 9.61 * day);
  return [
    ...[whole, uneven].flatMap((part) => [
      `summary?${part}`,
      `summary?${part}&filter=path:/pricing&compareFrom=${new Date(from).toISOString()}&compareTo=${new Date(from + day).toISOString()}`,
      `series?${part}&bucket=hour`,
      `series?${part}&bucket=day&zone=America/New_York&filter=browser:Firefox`,
      `series?${part}&bucket=week&zone=Europe/Berlin`,
      `sessions?${part}&limit=20`,
      `dwell?${part}`,
      `dwell?${part}&filter=widget:data-table`,
      `props?${part}`,
      `widgets?${part}`,
      `funnel?${part}&step=path:/&step=path:/pricing&step=event_name:signup`,
      `funnel?${part}&step=path:/&step=widget:data-table&windowMinutes=30&filter=country:DE`,
      `retention?${part}&unit=day&zone=Asia/Tokyo`,
      `retention?${part}&unit=week`,
    ]),
    ...['path', 'host', 'referrer', 'utm_campaign', 'country', 'browser', 'os', 'device', 'widget', 'widget_version', 'event_name'].map(
      (dimension) => `top?${whole}&dimension=${dimension}&limit=100`,
    ),
    // Dropped is what was refused just now, not when it happened.
    `drops?${range(from, now + 3_600_000)}`,
    `top?${whole}&dimension=props.plan`,
    `top?${uneven}&dimension=props.seats&filter=${encodeURIComponent(`props.plan:O'Hara & "Söhne"`)}`,
  ];
}

/** Questions are written to be read; an address has its values encoded. */
const encoded = (query: string): string =>
  query
    .split('&')
    .map((part) => part.split('='))
    .map(([name, value = '']) => `${name}=${encodeURIComponent(decodeURIComponent(value))}`)
    .join('&');

/** The answer as JSON; a refusal is an error, and so is an answer that says it is not whole. */
export async function ask<T = unknown>(page: Page, question: string): Promise<T> {
  const [operation, query = ''] = question.split('?');
  const response = await page.request.get(`/api/tracker/v1/${operation}?site=${SITE}&${encoded(query)}`, { timeout: 60_000 });
  const text = await response.text();
  if (!response.ok()) throw new Error(`${question}: ${response.status()} ${text}`);
  const answer = JSON.parse(text) as T & { partial?: string[] };
  if (answer.partial) throw new Error(`${question}: partial, ${answer.partial.join('; ')}`);
  return answer;
}

/** What is live depends on the minute in which one asks, and how far the sums are behind on the engine that has them. */
export function withoutLive(answer: unknown): unknown {
  const { live: _, behind: __, ...rest } = answer as Partial<Summary> & Record<string, unknown>;
  return rest;
}

/** Ids of all events, as the export has them. */
export async function exportedIds(page: Page, now: number): Promise<string[]> {
  const { from, to } = trafficRange(now);
  const range = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
  const response = await page.request.get(`/api/tracker/v1/export?site=${SITE}&${encoded(range)}&what=events&format=csv`, {
    timeout: 180_000,
  });
  if (!response.ok()) throw new Error(`the export was refused: ${response.status()} ${await response.text()}`);
  const [header = '', ...lines] = (await response.text()).replace('\ufeff', '').trimEnd().split('\n');
  if (header.split(',')[0] !== 'event_id') throw new Error(`the export begins with ${header}`);
  return lines.map((line) => line.slice(0, 36));
}
