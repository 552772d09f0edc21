import type { Change, Conflict } from '@datamesh/layout';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { Desk } from '../shell/desk';
import { ago, exactly } from '../shell/times';
import { inWords } from './inWords';
import type { Choices, MergeProposal } from './merging';

/** Somebody saved first. What they did, what clashes with ours, and three ways on, none of which loses anything unasked. */
export function MergeDialog({ desk, proposal, close }: { desk: Desk; proposal: MergeProposal; close(): void }) {
  const { theirs, changes, merged } = proposal;
  const { conflicts } = merged;
  const by = nameOf(desk, proposal);
  const [choices, setChoices] = useState<Choices>({});
  const open = conflicts.filter(({ path }) => choices[path] === undefined).length;
  const clashing = new Set(conflicts.map(({ path }) => path));
  const quiet = changes.filter(({ path }) => !clashing.has(path));
  return (
    <>
      <p className="dialog-text">
        <time dateTime={theirs.updatedAt} title={exactly(theirs.updatedAt)}>
          Saved {ago(theirs.updatedAt, Date.now())}
        </time>
        , while you were editing.{' '}
        {conflicts.length === 0
          ? 'Your changes and theirs do not touch each other: both can be kept.'
          : `${conflicts.length === 1 ? 'One thing was' : `${conflicts.length} things were`} changed by both of you. Choose which to keep; everything else is kept from both.`}
      </p>
      <div className="merge-scroll">
        {quiet.length > 0 ? <Changes by={by} changes={quiet} /> : null}
        {conflicts.map((conflict) => (
          <ConflictChoice
            key={conflict.path}
            conflict={conflict}
            by={by}
            chosen={choices[conflict.path] ?? null}
            choose={(side) => setChoices({ ...choices, [conflict.path]: side })}
          />
        ))}
      </div>
      <div className="dialog-actions">
        <Button className="button quiet" onPress={close}>
          Keep editing
        </Button>
        <span className="dialog-space" />
        <Button className="button" onPress={() => void desk.actions.makeCopy()}>
          Save as a copy of my own
        </Button>
        <Button className="button primary" isDisabled={open > 0} onPress={() => void desk.actions.mergeAndSave(proposal, choices)}>
          Merge and save
        </Button>
      </div>
      <output className="hidden-text">{open > 0 ? `${open} still to choose` : ''}</output>
    </>
  );
}

/** Somebody else, or oneself from another window. */
export const nameOf = (desk: Desk, { theirs }: MergeProposal): string =>
  theirs.updatedBy === `user:${desk.store.getSnapshot().session.user.id}` ? 'You' : theirs.updatedByName;

const KINDS: Record<Change['kind'], string> = { added: 'added', removed: 'removed', changed: 'changed' };

function Changes({ by, changes }: { by: string; changes: Change[] }) {
  return (
    <section className="merge-changes">
      <h3>What {by === 'You' ? 'you' : by} changed</h3>
      <ul>
        {changes.map(({ path, kind, what, after }) => (
          <li key={path} data-kind={kind}>
            <span>{what}</span>
            <span className="merge-detail">{kind === 'changed' && path !== 'tree' ? `now ${inWords(after)}` : KINDS[kind]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ConflictChoiceProps {
  conflict: Conflict;
  by: string;
  chosen: 'mine' | 'theirs' | null;
  choose(side: 'mine' | 'theirs'): void;
}

function ConflictChoice({ conflict, by, chosen, choose }: ConflictChoiceProps) {
  const { what, base, mine, theirs } = conflict;
  return (
    <RadioGroup className="merge-conflict" value={chosen} onChange={(side) => choose(side as 'mine' | 'theirs')} orientation="horizontal">
      <Label>
        {what} <span className="merge-detail">was {inWords(base)}</span>
      </Label>
      <div className="merge-sides">
        <Radio value="mine" className="merge-side">
          <strong>{by === 'You' ? 'From here' : 'Mine'}</strong>
          <span>{inWords(mine)}</span>
        </Radio>
        <Radio value="theirs" className="merge-side">
          <strong>{by === 'You' ? 'From the other window' : `${by}’s`}</strong>
          <span>{inWords(theirs)}</span>
        </Radio>
      </div>
    </RadioGroup>
  );
}
