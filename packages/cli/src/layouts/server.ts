/** The calls that a token for the layouts of a department allows, typed by the contract. */
import type { Layout, LayoutAnswer, LayoutContent, ResolutionItem } from '@datamesh/contracts';
import { checkLayoutFile } from '@datamesh/contracts/node';
import { CliError, fromProblem } from '../problem';
import { clientFor, reached, type Target } from '../registry';
import { bare } from './folder';
import type { PinStep, Pins } from './pins';

/** A layout as the server has it now. */
export interface Standing {
  layout: Layout;
  content: LayoutContent;
  mayEdit: boolean;
}

/** What the department pins; nothing where it pins nothing that one sees. */
export async function pinsOf(target: Target, department: string): Promise<Pins> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).GET('/pins/{department}', { params: { path: { department } } }),
  );
  if (data) return { home: data.department.layout, layouts: data.department.layouts };
  if (error?.code === 'pin_unknown') return { home: null, layouts: [] };
  throw fromProblem(error, response.status);
}

export async function standing(target: Target, layout: string): Promise<Standing> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).GET('/layouts/{layout}', { params: { path: { layout } } }),
  );
  if (!data) throw fromProblem(error, response.status);
  const answer: LayoutAnswer = data;
  const content = bare(answer.layout);
  // Written into a file it could not be read again, and a push would take away what is not known here.
  const [mistake] = checkLayoutFile({ kind: 'datamesh.layout', version: 1, layout: content });
  if (mistake)
    throw new CliError(
      'layout_newer',
      `the server’s “${content.title}” has what this datamesh does not know (${mistake.path}: ${mistake.message}); install a newer one`,
    );
  return { layout: answer.layout, content, mayEdit: answer.mayEdit };
}

/** As a revision had it; undefined where there is none of that number. */
export async function former(target: Target, layout: string, revision: number): Promise<LayoutContent | undefined> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).GET('/layouts/{layout}/revisions/{revision}', { params: { path: { layout, revision } } }),
  );
  if (data) return bare(data);
  if (error?.code === 'revision_unknown') return undefined;
  throw fromProblem(error, response.status);
}

/** -> the new revision. Whom it is shared with stays as it is. */
export async function save(target: Target, { layout }: Standing, content: LayoutContent, message: string): Promise<number> {
  const { department, visibility, grants } = layout;
  const { data, error, response } = await reached(target, () =>
    clientFor(target).PUT('/layouts/{layout}', {
      params: { path: { layout: layout.id }, header: { 'if-match': `"${layout.revision}"` } },
      headers: { 'if-match': `"${layout.revision}"` },
      body: { ...content, department, visibility, grants, message },
    }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data.revision;
}

export async function takeStep(target: Target, department: string, step: PinStep): Promise<void> {
  const params = { path: { department, layout: step.layout } };
  const client = clientFor(target);
  const { error, response } =
    step.kind === 'unpin'
      ? await reached(target, () => client.DELETE('/pins/{department}/{layout}', { params }))
      : await reached(target, () =>
          client.PUT('/pins/{department}/{layout}', { params, body: step.kind === 'home' ? { home: true } : { before: step.before } }),
        );
  if (!response.ok) throw fromProblem(error, response.status);
}

/** As many as one call takes. */
const MAX_SPECS = 200;

export async function resolved(target: Target, specs: readonly string[]): Promise<ResolutionItem[]> {
  const items: ResolutionItem[] = [];
  for (let at = 0; at < specs.length; at += MAX_SPECS) {
    const widgets = specs.slice(at, at + MAX_SPECS);
    const { data, error, response } = await reached(target, () => clientFor(target).POST('/resolve', { body: { widgets } }));
    if (!data) throw fromProblem(error, response.status);
    items.push(...data.items);
  }
  return items;
}
