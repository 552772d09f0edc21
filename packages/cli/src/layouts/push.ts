/** A folder's layouts, onto the server: all is read, compared and checked before anything is changed. */
import type { LayoutContent, LayoutsIndex } from '@datamesh/contracts';
import { diff, equal, merge3 } from '@datamesh/layout';
import { inLine } from '../printable';
import { CliError } from '../problem';
import type { Target } from '../registry';
import { asLine, conflict, sidesOf } from './conflict';
import { EXTENSION, layoutIn, namesIn, readIndex, readLayout, writeIndex } from './folder';
import { formerTexts, lastSubject } from './git';
import { partOf } from './part';
import { type PinStep, type Pins, pinSteps, pinsIn, samePins } from './pins';
import { departmentOf } from './pull';
import { former, pinsOf, resolved, type Standing, save, standing, takeStep } from './server';

export interface LayoutsPush {
  folder: string;
  /** null: the folder's own. */
  department: string | null;
  dryRun: boolean;
  /** Over what was changed on the server since the pull. */
  force: boolean;
  /** null: the subject of git's last commit, where there is one. */
  message: string | null;
}

const MEND = 'datamesh layouts pull merges what was changed there; --force puts what is here in its place';

type Entry = LayoutsIndex['layouts'][number];

interface Plan {
  entry: Entry;
  now: Standing;
  mine: LayoutContent;
  /** `behind`: nothing was changed here, and something there. */
  kind: 'same' | 'change' | 'behind';
}

/** -> whether something was, or with `dryRun` would be, changed. */
export async function push(
  { folder, department: wanted, dryRun, force, message }: LayoutsPush,
  target: Target,
  say: (line: string) => void,
): Promise<boolean> {
  const index = await readIndex(folder);
  if (!index)
    throw new CliError(
      'layouts_unpulled',
      `${folder} has no layouts.json: run datamesh layouts pull ${folder} --department <department> first`,
    );
  const department = departmentOf(folder, wanted, index);
  const local = await Promise.all(index.layouts.map(async (entry) => ({ entry, mine: await required(folder, entry.file) })));
  await sayStrangers(folder, index, say);

  const conflicts: string[] = [];
  const plans: Plan[] = [];
  for (const { entry, mine } of local) {
    const now = await standing(target, entry.id);
    const kind = await planFor(folder, entry, mine, now, target, force);
    if (Array.isArray(kind)) conflicts.push(...kind);
    else plans.push({ entry, mine, now, kind });
  }
  const theirs = await pinsOf(target, department);
  const pins = await pinsToBe(folder, index, theirs, force);
  if (pins === undefined) conflicts.push('layouts.json: what is pinned, its order or its home');
  if (conflicts.length > 0) throw conflict(conflicts, MEND);

  const changes = plans.filter(({ kind }) => kind === 'change');
  const steps = pins ? pinSteps(theirs, pins) : [];
  const fixed = changes.filter(({ now }) => !now.mayEdit).map(({ entry }) => entry.file);
  if (fixed.length > 0)
    throw new CliError(
      'edit_not_allowed',
      `${fixed.join(', ')}: this token may look at these layouts, not change them; their owner gives the department the right to edit`,
    );
  await requireWidgets(changes, target);
  sayPlan(plans, steps, say);
  const some = changes.length > 0 || steps.length > 0;
  if (dryRun || !some) {
    say(some ? 'nothing was changed: it is a dry run' : `${department} has what is in ${folder}`);
    // What a push from elsewhere has made of it is known from now on.
    if (!dryRun) await note(folder, index, plans, new Map(), pins && samePins(theirs, pins) ? theirs : undefined);
    return some;
  }

  const text = (message ?? (await lastSubject(folder)) ?? 'Pushed by datamesh layouts').slice(0, 500);
  const saved = new Map<string, number>();
  const done: string[] = [];
  let pinned = 0;
  try {
    for (const { entry, now, mine } of changes) {
      saved.set(entry.id, await save(target, now, mine, text));
      done.push(`${entry.file}: revision ${saved.get(entry.id)}`);
      say(`saved    ${done.at(-1)}`);
    }
    for (const step of steps) {
      await takeStep(target, department, step);
      pinned++;
      done.push(stepLine(step, index));
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    await note(folder, index, plans, saved, undefined);
    throw unfinished(error, done, [
      ...changes.filter(({ entry }) => !saved.has(entry.id)).map(({ entry }) => entry.file),
      ...steps.slice(pinned).map((step) => stepLine(step, index)),
    ]);
  }
  await note(folder, index, plans, saved, pins);
  if (steps.length > 0) say(`pinned   ${department} pins what layouts.json says`);
  return true;
}

async function required(folder: string, file: string): Promise<LayoutContent> {
  const found = await readLayout(folder, file);
  if (found) return found;
  throw new CliError(
    'layout_file_missing',
    `${file} is in layouts.json and not in ${folder}: pull brings it back, or take its entry out to unpin it`,
  );
}

/** A layout is made, shared and pinned by people in the dashboard: whom it belongs to is no matter of a file. */
async function sayStrangers(folder: string, { layouts }: LayoutsIndex, say: (line: string) => void): Promise<void> {
  const known = new Set(layouts.map(({ file }) => file.toLowerCase()));
  for (const name of await namesIn(folder))
    if (name.endsWith(EXTENSION) && !name.startsWith('.') && !known.has(name))
      say(`ignored  ${inLine(name)} is not in layouts.json: import it in the dashboard, pin it there, and pull`);
}

/** A list: what was changed both here and there. */
async function planFor(
  folder: string,
  entry: Entry,
  mine: LayoutContent,
  now: Standing,
  target: Target,
  force: boolean,
): Promise<Plan['kind'] | string[]> {
  const { content: theirs, layout } = now;
  if (equal(mine, theirs)) return 'same';
  if (force || entry.revision === layout.revision) return 'change';
  // What a build server pushed is not noted in the repository: the server stands as an earlier commit has it, and nothing of anybody is lost.
  for await (const text of formerTexts(folder, entry.file)) if (says(entry.file, text, theirs)) return 'change';
  const base = await former(target, layout.id, entry.revision);
  if (base && equal(mine, base)) return 'behind';
  const merged = base && merge3(base, mine, theirs);
  // All that was changed there is here as well.
  if (merged && merged.conflicts.length === 0 && equal(merged.content, mine)) return 'change';
  const by = `${layout.updatedByName} saved revision ${layout.revision}, this is from ${entry.revision}`;
  const both = merged?.conflicts.map((one) => `  ${sidesOf(one)}`) ?? [];
  return [`${entry.file}: ${by}`, ...both];
}

function says(file: string, text: string, content: LayoutContent): boolean {
  try {
    return equal(layoutIn(file, text), content);
  } catch {
    // An earlier commit may hold anything.
    return false;
  }
}

/** undefined: changed both here and there. */
async function pinsToBe(folder: string, index: LayoutsIndex, theirs: Pins, force: boolean): Promise<Pins | undefined> {
  const mine = pinsIn(index);
  if (force || samePins(mine, theirs) || samePins(theirs, index.pulled)) return mine;
  for await (const text of formerTexts(folder, 'layouts.json')) if (pinned(text, theirs)) return mine;
  return samePins(mine, index.pulled) ? theirs : undefined;
}

function pinned(text: string, theirs: Pins): boolean {
  try {
    return samePins(pinsIn(JSON.parse(text) as LayoutsIndex), theirs);
  } catch {
    return false;
  }
}

/** Refuses what this instance has no widget or version for; what a layout holds there already it may keep. */
async function requireWidgets(changes: readonly Plan[], target: Target): Promise<void> {
  const specsOf = ({ panels }: LayoutContent): string[] => Object.values(panels).map(({ widget }) => widget);
  const specs = [...new Set(changes.flatMap(({ mine }) => specsOf(mine)))];
  const lacking = new Map(
    (await resolved(target, specs)).flatMap((item) => ('error' in item ? [[item.spec, item.error.detail] as const] : [])),
  );
  const lines = changes.flatMap(({ entry, mine, now }) => {
    const there = new Set(specsOf(now.content));
    return [...new Set(specsOf(mine))]
      .filter((spec) => lacking.has(spec) && !there.has(spec))
      .map((spec) => `${entry.file}: ${spec}: ${lacking.get(spec)}`);
  });
  if (lines.length > 0)
    throw new CliError(
      'instance_lacks',
      [
        'this instance has not all that the layouts need; nothing was changed',
        ...lines,
        'publish it there first, or take these panels out',
      ].join('\n  '),
    );
}

function sayPlan(plans: readonly Plan[], steps: readonly PinStep[], say: (line: string) => void): void {
  const files = new Map(plans.map(({ entry }) => [entry.id, entry.file]));
  for (const { kind, entry, now, mine } of plans) {
    if (kind === 'behind')
      say(`behind   ${entry.file}: ${now.layout.updatedByName} saved revision ${now.layout.revision} on the server; pull brings it`);
    if (kind !== 'change') continue;
    say(`change   ${entry.file}  “${now.content.title}”`);
    for (const { kind: how, path, panel, before, after } of diff(now.content, mine))
      say(`  ${how} ${partOf({ path, panel })}${how === 'changed' && path !== 'tree' ? `: ${asLine(before)} → ${asLine(after)}` : ''}`);
  }
  for (const step of steps) say(`change   layouts.json: ${stepText(step, files)}`);
}

const stepLine = (step: PinStep, { layouts }: LayoutsIndex): string =>
  `layouts.json: ${stepText(step, new Map(layouts.map(({ id, file }) => [id, file])))}`;

function stepText(step: PinStep, files: ReadonlyMap<string, string>): string {
  const name = (id: string): string => files.get(id) ?? id;
  if (step.kind === 'unpin') return `unpin ${name(step.layout)}`;
  if (step.kind === 'home') return `make ${name(step.layout)} the home`;
  return step.before === null ? `pin ${name(step.layout)} last` : `pin ${name(step.layout)} before ${name(step.before)}`;
}

/** Writes down which revisions the files are now. */
async function note(
  folder: string,
  index: LayoutsIndex,
  plans: readonly Plan[],
  saved: ReadonlyMap<string, number>,
  pins: Pins | undefined,
): Promise<void> {
  const revisionOf = ({ entry, now, kind }: Plan): number =>
    saved.get(entry.id) ?? (kind === 'same' ? now.layout.revision : entry.revision);
  const revisions = new Map(plans.map((plan) => [plan.entry.id, revisionOf(plan)]));
  const next: LayoutsIndex = {
    ...index,
    layouts: index.layouts.map((entry) => ({ ...entry, revision: revisions.get(entry.id) ?? entry.revision })),
    // Only where both are the same now: what was pinned there meanwhile is for the next pull.
    ...(pins && samePins(pins, pinsIn(index)) ? { pulled: { home: pins.home, layouts: [...pins.layouts] } } : {}),
  };
  if (JSON.stringify(next) !== JSON.stringify(index)) await writeIndex(folder, next);
}

/** What came in between after all was read: before the first change it is as if it had been seen in time. */
function unfinished(cause: CliError, done: readonly string[], open: readonly string[]): CliError {
  if (done.length === 0) return cause.code === 'revision_stale' ? conflict([cause.detail], MEND) : cause;
  const lines = [
    `${cause.code}: ${cause.detail}`,
    `changed: ${done.join('; ')}`,
    `not changed: ${open.join('; ')}`,
    'push again once that is mended: what is changed is not changed twice',
  ];
  return new CliError('push_unfinished', lines.join('\n  '), 1, cause.status);
}
