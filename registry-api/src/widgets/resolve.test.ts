import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { choose, isChannelName, parseSpec, unknownWidget } from './resolve';
import { channelsOf, channelVersion, latestOf, nearestLive, promoted, shownVersion, type VersionEntry, type WidgetRecord } from './widget';

type Widget = Pick<WidgetRecord, 'name' | 'versions' | 'channels'>;

const entry = (version: string, yanked = false): VersionEntry => ({
  version,
  digest: version,
  publishedAt: '',
  publishedBy: '',
  bytes: 0,
  deprecated: null,
  yanked: yanked ? 'broken' : null,
});

/** A version with a ! is yanked. */
const widget = (versions: string[], channels: Record<string, string[]> = {}): Widget => ({
  name: 'series-chart',
  versions: versions.map((version) => entry(version.replace('!', ''), version.endsWith('!'))),
  channels,
});

const chosen = (from: Widget, selector: string): string => {
  const choice = choose(from, selector);
  return 'version' in choice ? choice.version : choice.error.code;
};

describe('what a spec means', () => {
  const many = widget(['1.0.0', '1.2.0', '1.3.0!', '1.10.0-beta.1', '2.0.0', '2.1.0-dev.1', '0.9.0!'], {
    stable: ['1.2.0'],
    next: ['2.1.0-dev.1'],
    gone: ['1.3.0', '0.9.0'],
    fallen: ['1.3.0', '1.0.0'],
  });

  it.each([
    ['1.0.0', '1.0.0'],
    ['2.1.0-dev.1', '2.1.0-dev.1'],
    ['1.3.0', 'version_yanked'],
    ['3.0.0', 'version_unknown'],
    ['latest', '2.0.0'],
    ['stable', '1.2.0'],
    ['next', '2.1.0-dev.1'],
    ['fallen', '1.0.0'],
    ['gone', 'version_yanked'],
    ['canary', 'version_unknown'],
    ['^1.0.0', '1.2.0'],
    ['^1', '1.2.0'],
    ['~1.0', '1.0.0'],
    ['1.x', '1.2.0'],
    ['x', '2.0.0'],
    ['*', '2.0.0'],
    ['>=1.0.0 <2.0.0', '1.2.0'],
    ['1.0.0 || 2.0.0', '2.0.0'],
    ['^2.1.0-dev.0', 'version_unknown'],
    ['~1.3.0', 'version_yanked'],
    ['^9', 'version_unknown'],
    ['v1.0.0', '1.0.0'],
    ['=1.0.0', '1.0.0'],
    ['1.0.0+build', '1.0.0'],
    ['01.0.0', 'spec_invalid'],
    ['not a range', 'spec_invalid'],
    ['constructor', 'version_unknown'],
    ['__proto__', 'spec_invalid'],
  ])('@%s gives %s', (selector, expected) => {
    expect(chosen(many, selector)).toBe(expected);
  });

  it.each([
    ['1.3.0', '1.2.0', 'the highest below it within its major'],
    ['0.9.0', '1.0.0', 'the lowest above, where its major has nothing and nothing is below'],
  ])('offers for a withdrawn %s the live %s: %s', (version, nearest) => {
    const choice = choose(many, version);
    expect('error' in choice && choice.error).toMatchObject({
      code: 'version_yanked',
      reason: 'broken',
      instead: { nearest, stable: '1.2.0' },
    });
  });

  it('offers a prerelease only where there is no release, and nothing where there is nothing', () => {
    expect(nearestLive(widget(['1.0.0!', '1.1.0-beta.1', '2.0.0']), '1.0.0')).toBe('2.0.0');
    expect(nearestLive(widget(['1.0.0!', '1.1.0-beta.1']), '1.0.0')).toBe('1.1.0-beta.1');
    expect(nearestLive(widget(['1.0.0!', '1.1.0', '1.2.0']), '1.0.0')).toBe('1.1.0');
    expect(nearestLive(widget(['1.0.0!']), '1.0.0')).toBeNull();
  });

  it('gives the reason of the newest one where a channel or a range has only withdrawn versions', () => {
    for (const selector of ['gone', '~1.3.0'])
      expect(choose(many, selector)).toMatchObject({ error: { code: 'version_yanked', reason: 'broken', instead: { nearest: '1.2.0' } } });
  });

  it('says of a version that was withdrawn why, and of a widget without any that it has none', () => {
    const said = (from: Widget, selector: string): string => {
      const choice = choose(from, selector);
      return 'error' in choice ? choice.error.detail : '';
    };
    expect(said(widget(['10.20.30!']), '10.20.30')).toBe('series-chart 10.20.30 was withdrawn: broken. It has no version that can be used');
    expect(said(widget(['1.0.0!', '2.0.0']), '^1')).toBe('Every version of series-chart in ^1 was withdrawn. There is: latest (2.0.0)');
    expect(said(widget([]), '^1')).toBe('No released version of series-chart is in ^1. It has no version that can be used');
    expect(said(widget(['1.0.0!']), 'latest')).toMatch(/^Every version of series-chart that latest pointed to was withdrawn/);
    expect(unknownWidget('maps')).toEqual({ error: { code: 'widget_unknown', detail: 'No widget is called maps' } });
  });

  it('says what there is instead', () => {
    const choice = choose(widget(['1.0.0']), 'stable');
    expect('error' in choice && choice.error).toEqual({
      code: 'version_unknown',
      detail: 'series-chart has no channel stable; its owner promotes a version to it. There is: latest (1.0.0)',
    });
  });

  it('offers the highest prerelease as latest only where there is nothing else', () => {
    expect(latestOf(widget(['1.0.0-dev.1', '1.0.0-dev.2', '0.9.0-dev.9']))).toBe('1.0.0-dev.2');
    expect(latestOf(widget(['1.0.0-dev.1', '0.1.0']))).toBe('0.1.0');
    expect(latestOf(widget(['1.0.0-dev.1', '0.1.0!']))).toBe('1.0.0-dev.1');
    expect(latestOf(widget(['0.1.0!']))).toBeNull();
  });

  it('shows stable before latest, and a yanked version rather than nothing', () => {
    expect(shownVersion(widget(['1.0.0', '2.0.0'], { stable: ['1.0.0'] }))).toBe('1.0.0');
    expect(shownVersion(widget(['1.0.0', '2.0.0!'], { stable: ['2.0.0'] }))).toBe('1.0.0');
    expect(shownVersion(widget(['1.0.0!']))).toBe('1.0.0');
  });
});

describe('specs and channel names', () => {
  it('takes a name and what stands behind the @', () => {
    expect(parseSpec('series-chart@^1.2 || 3')).toEqual({ name: 'series-chart', selector: '^1.2 || 3' });
    for (const text of [
      ' series-chart@1',
      '9-series-chart@1',
      'ab@1',
      'series-chart',
      'series-chart@',
      '@1',
      'A@1',
      'series-chart@1@2',
      '',
    ])
      expect(parseSpec(text)).toBeNull();
  });

  it('keeps names free that would mean two things', () => {
    for (const name of ['stable', 'next', 'team-a', 'v-next']) expect(isChannelName(name)).toBe(true);
    for (const name of ['latest', 'x', 'v1', '1', 'Stable', '']) expect(isChannelName(name)).toBe(false);
  });
});

describe('for any widget', () => {
  const number = fc.nat({ max: 3 });
  const version = fc
    .tuple(number, number, number, fc.option(fc.constantFrom('dev.1', 'dev.2', 'beta'), { nil: null }))
    .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre ? `-${pre}` : ''}`);
  const anyWidget = fc
    .tuple(
      fc.uniqueArray(fc.tuple(version, fc.boolean()), { maxLength: 12, selector: ([text]) => text }),
      fc.array(fc.nat(), { maxLength: 6 }),
    )
    .map(([versions, promotions]): Widget => {
      const texts = versions.map(([text]) => text);
      const stable = promotions.reduce<string[]>((history, index) => {
        const text = texts[index % texts.length];
        return text ? promoted(history, text) : history;
      }, []);
      return { ...widget(versions.map(([text, yanked]) => (yanked ? `${text}!` : text))), channels: stable.length > 0 ? { stable } : {} };
    });
  const range = fc.oneof(
    version,
    version.map((text) => `^${text}`),
    version.map((text) => `~${text}`),
    fc.constantFrom('*', '1', '1.x', '>=1.0.0', '<2', 'latest', 'stable'),
  );

  it('never gives a yanked version or one that was not published', () => {
    fc.assert(
      fc.property(anyWidget, range, (from, selector) => {
        const choice = choose(from, selector);
        if ('version' in choice) expect(from.versions).toContainEqual(entry(choice.version));
        for (const given of Object.values(channelsOf(from))) expect(from.versions).toContainEqual(entry(given));
      }),
    );
  });

  it('follows a range to the highest release that is in it', () => {
    fc.assert(
      fc.property(anyWidget, version, (from, base) => {
        const choice = choose(from, `^${base}`);
        const fitting = from.versions.filter(
          (one) => one.yanked === null && semver.prerelease(one.version) === null && semver.satisfies(one.version, `^${base}`),
        );
        const best = fitting.map((one) => one.version).sort(semver.rcompare)[0];
        expect('version' in choice ? choice.version : undefined).toBe(best);
      }),
    );
  });

  it('does not depend on the order of publishing', () => {
    fc.assert(
      fc.property(anyWidget, range, (from, selector) => {
        expect(choose({ ...from, versions: [...from.versions].reverse() }, selector)).toEqual(choose(from, selector));
      }),
    );
  });

  it('gives what was promoted last, for as long as it is not yanked', () => {
    fc.assert(
      fc.property(anyWidget, (from) => {
        const history = from.channels['stable'] ?? [];
        const live = history.find((text) => from.versions.some((one) => one.version === text && one.yanked === null));
        expect(channelVersion(from, 'stable')).toBe(live ?? null);
      }),
    );
  });
});

describe('a widget with thousands of versions', () => {
  it('is read once, whatever is asked of it then', () => {
    let read = 0;
    const versions = Array.from({ length: 5000 }, (_, at) => {
      const text = `${Math.floor(at / 1000)}.${Math.floor(at / 10) % 100}.${at % 10}`;
      return {
        ...entry(text, at % 7 === 0),
        get version() {
          read += 1;
          return text;
        },
      };
    });
    const many = { ...widget([], { stable: ['4.99.9'] }), versions };
    expect(chosen(many, '^1.0.0')).toBe('1.99.9');
    read = 0;
    for (let minor = 0; minor < 100; minor++) {
      for (const selector of [`~3.${minor}.0`, `3.${minor}.1`, `^9.${minor}.0`]) choose(many, selector);
      expect(chosen(many, 'stable')).toBe('4.99.9');
    }
    expect(read).toBeLessThan(1000);
  });
});
