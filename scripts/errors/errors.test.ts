import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectProblems, SOURCES } from './collect.ts';
import { renderProblems } from './render.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const PROBLEM = `
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: string) { super(detail); }
}
export const problem = (status: number, code: string, detail: string) => new Problem(status, code, detail);
`;

const CONTRACT = JSON.stringify({
  components: { schemas: { ResolutionFailure: { properties: { error: { properties: { code: { enum: ['spec_invalid'] } } } } } } },
});

/** A repository with the folders that services have, and these files in it. */
function repository(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'errors-'));
  folders.push(root);
  for (const folder of Object.keys(SOURCES)) mkdirSync(join(root, folder), { recursive: true });
  const all = {
    'registry-api/src/problem.ts': PROBLEM,
    'tracker/src/events/event.ts': `export type DropReason = 'bot' | 'privacy';`,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const codesIn = (text: string): string[] => {
  const root = repository({ 'registry-api/src/room/routes.ts': `import { problem, Problem } from '../problem';\n${text}` });
  const { found, unclear } = collectProblems(root);
  return [...found.map(({ code, status }) => `${status} ${code}`), ...unclear.map((place) => `unclear ${place}`)];
};

describe('codes in the sources', () => {
  it.each([
    ['as it is thrown', `throw problem(404, 'layout_unknown', 'x');`, ['404 layout_unknown']],
    ['with new', `throw new Problem(404, 'layout_unknown', 'x');`, ['404 layout_unknown']],
    ['one of two', `export const f = (a: boolean) => problem(409, a ? 'busy' : 'gone', 'x');`, ['409 busy', '409 gone']],
    [
      'through functions that hand the code on',
      `const refused = (code: string, detail: string) => problem(422, code, detail);
       const twice = (detail: string, code: string) => refused(code, detail);
       refused('a_wrong', 'x'); twice('x', 'b_wrong');`,
      ['422 a_wrong', '422 b_wrong'],
    ],
    [
      'narrowed to the case that it stands in',
      `export function f(reason: 'late' | 'early' | 'never') {
         switch (reason) { case 'late': return problem(408, reason, 'x'); case 'early': return problem(425, reason, 'x'); }
         return problem(410, reason, 'x');
       }`,
      ['408 late', '425 early', '410 never'],
    ],
    [
      'from a table by status',
      `const codes: Record<number, string> = { 404: 'path_unknown' };
       export const f = (status: number) => problem(status, codes[status] ?? 'request_invalid', 'x');`,
      ['404 path_unknown', '400 request_invalid'],
    ],
    ['from a table by code', `const PROBLEMS = { not_ready: [503, 'x'] } as const; export { PROBLEMS };`, ['503 not_ready']],
    [
      'as an object that is answered later',
      `const refusals: Record<string, { status: number; code: string }> = { late: { status: 408, code: 'too_slow' } }; export { refusals };`,
      ['408 too_slow'],
    ],
    ['passed on from where it was made', `export const f = (e: Problem) => problem(e.status, e.code, e.detail);`, []],
    ['of another kind', `const country = (code: string) => code; country('de');`, []],
  ])('%s', (_, text, codes) => expect(codesIn(text)).toEqual(codes));

  it('says where a code or a status cannot be known', () => {
    const text = 'export const f = (status: number, name: string) => [problem(404, name, name), problem(status, "known", name)];';
    expect(codesIn(text)).toEqual(['unclear registry-api/src/room/routes.ts:2', 'unclear registry-api/src/room/routes.ts:2']);
  });

  it('leaves tests out', () => {
    const text = `import { problem } from './problem';\nproblem(400, 'only_tested', 'x');`;
    const root = repository({ 'registry-api/src/a.test.ts': text, 'registry-api/src/testing/b.ts': text.replace('./', '../') });
    expect(collectProblems(root).found).toEqual([]);
  });
});

describe('the list', () => {
  const entry = (name: string) => `  ${name}: { cause: Why ${name}., mend: Mend ${name}. }\n`;
  const drops = `drops:\n${entry('bot')}${entry('privacy')}`;
  const listed = (problems: string, rest = drops) =>
    renderProblems(
      repository({
        'registry-api/src/routes.ts': `import { problem } from './problem';\nproblem(404, 'layout_unknown', 'x');`,
        'packages/contracts/problems.yaml': `problems:\n${problems}resolve:\n${entry('spec_invalid')}${rest}`,
        'packages/contracts/registry.openapi.yaml': CONTRACT,
      }),
    );

  it('has status, origin, cause and mend of each code', () => {
    expect(listed(entry('layout_unknown'))).toContain(
      '| `layout_unknown` | 404 | registry-api | <a id="layout_unknown"></a>Why layout_unknown. | Mend layout_unknown. |',
    );
  });

  it('is refused where a code has no entry, or an entry no code', () => {
    expect(() => listed(entry('layout_gone'))).toThrow(
      /layout_unknown has no entry in problems: add its cause and mend\n {2}layout_gone is in problems, and nothing says it/,
    );
    expect(() => listed(entry('layout_unknown'), `drops:\n${entry('bot')}`)).toThrow('privacy has no entry in drops');
    expect(() => listed('  layout_unknown: { cause: Only why. }\n')).toThrow('layout_unknown in problems needs a cause and a mend');
  });
});
