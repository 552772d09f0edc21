/** Questions that nobody asks by accident: each is answered at once and by a typed 4xx, or as if it were an ordinary one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

let registry: TestRegistry;
let tracker: TestTracker;
let authorization: string;

beforeAll(async () => {
  registry = await startRegistry();
  tracker = await startTestTracker(registry.url);
  authorization = `Bearer ${await registry.token({ roles: ['admin'] })}`;
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

const RANGE = 'site=shop&from=2026-03-01T00:00:00Z&to=2026-03-08T00:00:00Z';

async function ask(path: string): Promise<{ status: number; code?: string }> {
  const response = await fetch(`${tracker.url}/api/tracker/v1${path}`, { headers: { authorization }, signal: AbortSignal.timeout(60_000) });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, ...(code === undefined ? {} : { code }) };
}

describe('a question', () => {
  it.each([
    ['a key that JavaScript has a meaning for', `/series?${RANGE}&x[__proto__]=1`],
    ['another one', `/series?${RANGE}&__proto__[zone]=UTC`],
    ['one within a filter', `/series?${RANGE}&filter[__proto__]=path:/`],
    ['a constructor', `/series?${RANGE}&constructor[prototype][x]=1`],
    ['an unknown key', `/series?${RANGE}&nothing=1`],
    ['the site twice', `/series?${RANGE}&site=plant`],
    ['the zone twice', `/series?${RANGE}&zone=UTC&zone=Europe/Berlin`],
    ['a beginning twice', `/series?${RANGE}&from=2026-03-02T00:00:00Z`],
    ['an empty site', '/series?site=&from=2026-03-01T00:00:00Z&to=2026-03-08T00:00:00Z'],
    ['an empty beginning', '/series?site=shop&from=&to=2026-03-08T00:00:00Z'],
    ['an empty zone', `/series?${RANGE}&zone=`],
    ['an empty bucket', `/series?${RANGE}&bucket=`],
    ['an empty limit', `/top?${RANGE}&dimension=path&limit=`],
    ['an empty filter', `/series?${RANGE}&filter=`],
    ['an empty dimension', `/top?${RANGE}&dimension=`],
    ['a limit that is none', `/top?${RANGE}&dimension=path&limit=1e2x`],
    ['a limit of a thousand digits', `/top?${RANGE}&dimension=path&limit=${'9'.repeat(1000)}`],
    [
      'a window of a thousand digits',
      `/funnel?${RANGE.replace('shop', 'dashboard')}&step=path:/&step=path:/a&windowMinutes=${'9'.repeat(1000)}`,
    ],
    ['a limit beyond all', `/top?${RANGE}&dimension=path&limit=99999999999999999999`],
    ['no date', `/series?site=shop&from=2026-02-30T00:00:00Z&to=2026-03-08T00:00:00Z`],
    ['no leap day', `/series?site=shop&from=2027-02-28T00:00:00Z&to=2027-02-29T00:00:00Z`],
    ['the beginning of time', `/series?site=shop&from=0001-01-01T00:00:00Z&to=0001-01-08T00:00:00Z&bucket=day`],
    ['the end of time', `/series?site=shop&from=9999-12-01T00:00:00Z&to=9999-12-31T00:00:00Z&bucket=day`],
    ['a zone that is none', `/series?${RANGE}&zone=${encodeURIComponent('../../etc')}`],
    ['a zone of control characters', `/series?${RANGE}&zone=%00`],
    ['a dimension of an object', `/top?${RANGE}&dimension=constructor`],
    ['a dimension of a prototype', `/top?${RANGE}&dimension=__proto__`],
    ['a property that is no key', `/top?${RANGE}&dimension=props.a'b`],
    ['a week that begins never', `/series?${RANGE}&weekStart=someday`],
    ['eleven filters', `/series?${RANGE}${'&filter=path:/'.repeat(11)}`],
    ['ten thousand filters', `/series?${RANGE}${'&filter=path:/'.repeat(10_000)}`],
    ['a filter of 100 KB', `/series?${RANGE}&filter=path:${'x'.repeat(100_000)}`],
    ['a filter that a regular expression could choke on', `/series?${RANGE}&filter=${'a'.repeat(100_000)}!`],
  ])('with %s is refused, and says so', async (_, path) => {
    const { status, code } = await ask(path);
    expect([status, typeof code]).toEqual([expect.toSatisfy((each: number) => each >= 400 && each < 500), 'string']);
    expect(code).not.toBe('internal');
  });

  it.each([
    ['ten filters of 490 characters', `/series?${RANGE}${`&filter=path:/${'x'.repeat(480)}`.repeat(10)}`],
    ['a value with all kinds of signs', `/top?${RANGE}&dimension=path&filter=${encodeURIComponent(`path:'";--/*%$\\🙂`)}`],
    ['a zone written in another case', `/series?${RANGE}&zone=asia/kolkata`],
    ['a property called like something of JavaScript', `/top?${RANGE}&dimension=props.__proto__`],
    ['a broken encoding', `/series?${RANGE}&filter=path:%E0%A4%A`],
    ['an empty value to filter by', `/series?${RANGE}&filter=path:`],
  ])('with %s is answered', async (_, path) => {
    expect(await ask(path)).toEqual({ status: 200 });
  });
});
