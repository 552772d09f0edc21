/** What a department pins, into a folder: one file for each layout, and an index. Nothing is written until all is decided. */
import type { LayoutContent, LayoutsIndex } from '@datamesh/contracts';
import { type Conflict, equal, layoutFile, merge3, resolveConflicts } from '@datamesh/layout';
import { CliError } from '../problem';
import type { Target } from '../registry';
import { conflict, sidesOf } from './conflict';
import { namesIn, readIndex, readLayout, removePlain, writeIndex, writePlain } from './folder';
import { fileNameFor } from './names';
import { mergedPins, type Pins, pinsIn } from './pins';
import { former, pinsOf, type Standing, standing } from './server';

export interface LayoutsPull {
  folder: string;
  /** null: the folder's own. */
  department: string | null;
  /** What the server has, whatever was changed here. */
  force: boolean;
  /** Which side holds where both have changed the same; null: none, it is a conflict. */
  prefer: 'mine' | 'theirs' | null;
}

type Entry = LayoutsIndex['layouts'][number];

export async function pull(
  { folder, department: wanted, force, prefer }: LayoutsPull,
  target: Target,
  say: (line: string) => void,
): Promise<void> {
  const index = await readIndex(folder);
  const department = departmentOf(folder, wanted, index);
  const theirs = await pinsOf(target, department);
  if (!index && theirs.layouts.length === 0)
    throw new CliError('pin_unknown', `${department} pins no layout yet: pin one in the dashboard first, then pull`);

  const conflicts: string[] = [];
  const pins = pinsAfter(index, theirs, force ? 'theirs' : prefer);
  if (pins === undefined) conflicts.push('layouts.json: what is pinned, its order or its home');
  const order = pins?.layouts ?? theirs.layouts;
  const taken = new Set([...(await namesIn(folder)), ...(index?.layouts.map(({ file }) => file.toLowerCase()) ?? [])]);
  const writes: { file: string; text: string; said: string }[] = [];
  const entries: Entry[] = [];
  for (const id of order) {
    const known = index?.layouts.find((one) => one.id === id);
    const now = await standing(target, id);
    const file = known?.file ?? fileNameFor(now.content.title, taken);
    taken.add(file.toLowerCase());
    const after = await layoutAfter(folder, known, now, target, force, prefer);
    conflicts.push(...after.conflicts.map((one) => `${file}: ${sidesOf(one)}`));
    entries.push({ file, id, revision: now.layout.revision });
    if (after.content)
      writes.push({
        file,
        text: layoutFile(after.content),
        said: `${after.said}  ${file}  “${now.content.title}”, revision ${now.layout.revision}`,
      });
  }
  if (conflicts.length > 0)
    throw conflict(conflicts, 'take one side of each with --prefer mine or --prefer theirs, or all of the server’s with --force');

  const gone = (index?.layouts ?? []).filter(({ id }) => !order.includes(id));
  for (const { file, text, said } of writes) {
    await writePlain(folder, file, text);
    say(said);
  }
  for (const entry of gone) await forget(folder, entry, target, force, say);
  const next: LayoutsIndex = {
    kind: 'datamesh.layouts',
    version: 1,
    department,
    home: pins?.home ?? null,
    layouts: entries,
    pulled: { ...theirs, layouts: [...theirs.layouts] },
  };
  if (JSON.stringify(index) !== JSON.stringify(next)) await writeIndex(folder, next);
  if (writes.length === 0 && gone.length === 0) say(`${folder} has what ${department} pins`);
}

export function departmentOf(folder: string, wanted: string | null, index: LayoutsIndex | undefined): string {
  const department = wanted ?? index?.department;
  if (department === undefined)
    throw new CliError('usage', `layouts pull needs --department for ${folder}, which has no layouts.json yet; see datamesh --help`, 2);
  if (index && index.department !== department)
    throw new CliError(
      'layouts_elsewhere',
      `${folder} keeps the layouts of ${index.department}; take another folder for those of ${department}`,
    );
  return department;
}

function pinsAfter(index: LayoutsIndex | undefined, theirs: Pins, prefer: LayoutsPull['prefer']): Pins | undefined {
  if (!index) return theirs;
  const mine = pinsIn(index);
  return mergedPins(index.pulled, mine, theirs) ?? (prefer === null ? undefined : prefer === 'mine' ? mine : theirs);
}

interface After {
  /** undefined: the file stays. */
  content?: LayoutContent;
  said: string;
  conflicts: readonly Conflict[];
}

async function layoutAfter(
  folder: string,
  known: Entry | undefined,
  now: Standing,
  target: Target,
  force: boolean,
  prefer: LayoutsPull['prefer'],
): Promise<After> {
  const { content: theirs, layout } = now;
  const taken = (said: string): After => ({ content: theirs, said, conflicts: [] });
  const stays: After = { said: 'kept   ', conflicts: [] };
  if (!known) return taken('new    ');
  // With --force a file that nobody can read any more is no reason to stop.
  const mine = await readLayout(folder, known.file).catch((error: unknown) => {
    if (force) return undefined;
    throw error;
  });
  if (!mine) return taken('written');
  if (equal(mine, theirs)) return stays;
  if (force) return taken('changed');
  const base = known.revision === layout.revision ? theirs : await former(target, layout.id, known.revision);
  if (base && equal(mine, base)) return taken('changed');
  if (base && equal(theirs, base)) return stays;
  // Without what both have in common, all that differs was changed by both.
  const merged = merge3(
    base ?? { ...theirs, panels: {}, tree: { type: 'stack', active: 0, panels: [] }, title: '', filters: [] },
    mine,
    theirs,
  );
  if (merged.conflicts.length > 0 && prefer === null) return { said: '', conflicts: merged.conflicts };
  const choices = Object.fromEntries(merged.conflicts.map(({ path }) => [path, prefer ?? 'mine'] as const));
  return { content: resolveConflicts(merged, choices), said: 'merged ', conflicts: [] };
}

/** What is pinned no longer: its file goes, unless it has something that the server has not. */
async function forget(
  folder: string,
  { file, id, revision }: Entry,
  target: Target,
  force: boolean,
  say: (line: string) => void,
): Promise<void> {
  const mine = await readLayout(folder, file).catch(() => null);
  if (mine === undefined) return;
  const base = force ? undefined : await former(target, id, revision).catch(() => undefined);
  if (force || (mine && base && equal(mine, base))) {
    await removePlain(folder, file);
    say(`removed  ${file}, which is pinned no longer`);
  } else say(`left     ${file}, which is pinned no longer, and has changes of its own`);
}
