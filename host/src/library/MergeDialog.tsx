import type { Change, Conflict } from '@datamesh/layout';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { i18n } from '../language/i18n';
import { rich } from '../language/rich';
import { describePart } from '../layouts/describe-part';
import { formatValue } from '../layouts/format-value';
import type { Choices, MergeProposal } from '../layouts/merging';
import { otherWhoSaved } from '../layouts/who-saved';
import { ago, exactly } from '../ui/times';

interface MergeDialogProps {
  controller: DashboardController;
  proposal: MergeProposal;
  /** What was to be kept with the save. */
  message: string | undefined;
  close(): void;
}

/** Somebody saved first. What they did, what clashes with ours, and three ways on, none of which loses anything unasked. */
export function MergeDialog({ controller, proposal, message, close }: MergeDialogProps) {
  const { theirs, changes, merged } = proposal;
  const { conflicts } = merged;
  const by = otherPerson(controller, proposal);
  const [choices, setChoices] = useState<Choices>({});
  const open = conflicts.filter(({ path }) => choices[path] === undefined).length;
  const clashing = new Set(conflicts.map(({ path }) => path));
  const quiet = changes.filter(({ path }) => !clashing.has(path));
  return (
    <>
      <p className="dialog-text">
        {rich((slots) => i18n.t('Saved {when}, while you were editing.', slots), {
          when: (
            <time dateTime={theirs.updatedAt} title={exactly(theirs.updatedAt)}>
              {ago(theirs.updatedAt, Date.now())}
            </time>
          ),
        })}{' '}
        {conflicts.length === 0
          ? i18n.t('Your changes and theirs do not touch each other: both can be kept.')
          : by === null
            ? i18n.t(
                '{count, plural, one {One thing was} other {# things were}} changed on both pages. Choose which to keep; everything else is kept from both.',
                { count: conflicts.length },
              )
            : i18n.t(
                '{count, plural, one {One thing was} other {# things were}} changed by both of you. Choose which to keep; everything else is kept from both.',
                { count: conflicts.length },
              )}
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
          {i18n.t('Keep editing')}
        </Button>
        <span className="dialog-space" />
        <Button className="button" onPress={() => void controller.actions.makeCopy()}>
          {i18n.t('Save as a copy of my own')}
        </Button>
        <Button
          className="button primary"
          isDisabled={open > 0}
          onPress={() => void controller.actions.mergeAndSave(proposal, choices, message)}
        >
          {i18n.t('Merge and save')}
        </Button>
      </div>
      <output className="hidden-text">{open > 0 ? i18n.t('{count} still to choose', { count: open }) : ''}</output>
    </>
  );
}

/** By name; null: it was oneself, from another window. */
const otherPerson = (controller: DashboardController, { theirs }: MergeProposal): string | null =>
  otherWhoSaved(theirs, controller.store.getSnapshot().session.user.id);

/** Of the dialog. */
export function mergeTitle(controller: DashboardController, proposal: MergeProposal): string {
  const name = otherPerson(controller, proposal);
  return name === null ? i18n.t('You saved on another page in between') : i18n.t('{name} saved in between', { name });
}

const happened = (kind: Change['kind']): string =>
  ({ added: i18n.t('added'), removed: i18n.t('removed'), changed: i18n.t('changed') })[kind];

function Changes({ by, changes }: { by: string | null; changes: Change[] }) {
  return (
    <section className="merge-changes">
      <h3>{by === null ? i18n.t('What you changed') : i18n.t('What {by} changed', { by })}</h3>
      <ul>
        {changes.map((change) => (
          <li key={change.path} data-kind={change.kind}>
            <span>{describePart(change)}</span>
            <span className="merge-detail">
              {change.kind === 'changed' && change.path !== 'tree'
                ? i18n.t('now {value}', { value: formatValue(change.after) })
                : happened(change.kind)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ConflictChoiceProps {
  conflict: Conflict;
  by: string | null;
  chosen: 'mine' | 'theirs' | null;
  choose(side: 'mine' | 'theirs'): void;
}

function ConflictChoice({ conflict, by, chosen, choose }: ConflictChoiceProps) {
  const { base, mine, theirs } = conflict;
  return (
    <RadioGroup className="merge-conflict" value={chosen} onChange={(side) => choose(side as 'mine' | 'theirs')} orientation="horizontal">
      <Label>
        {describePart(conflict)} <span className="merge-detail">{i18n.t('was {value}', { value: formatValue(base) })}</span>
      </Label>
      <div className="merge-sides">
        <Radio value="mine" className="merge-side">
          <strong>{by === null ? i18n.t('From here') : i18n.t('Mine')}</strong>
          <span>{formatValue(mine)}</span>
        </Radio>
        <Radio value="theirs" className="merge-side">
          <strong>{by === null ? i18n.t('From the other page') : i18n.t('By {by}', { by })}</strong>
          <span>{formatValue(theirs)}</span>
        </Radio>
      </div>
    </RadioGroup>
  );
}
