import type { LayoutNode, Upstream } from '@datamesh/contracts';
import type { Conflict } from '@datamesh/layout';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { i18n } from '../../language/i18n';
import { describeChange, panelsIn } from '../../layouts/describe-changes';
import { describePart } from '../../layouts/describe-part';
import { formatValue } from '../../layouts/format-value';
import { byPanel, type Choices, type ConflictGroup, proposePull, settle } from '../../layouts/merging';
import { readUpstream } from '../../layouts/pull/pull-calls';
import { useAnswer } from '../../ui/use-answer';
import { useStore } from '../../ui/use-store';
import { LayoutPicture } from '../LayoutPicture';

/** What the original of a copy has that the copy has not, and taking it in. */
export default function PullDialog({ controller, close }: { controller: DashboardController; close(): void }) {
  const { active } = controller;
  const id = active?.id ?? null;
  const { answer: upstream, problem } = useAnswer(id, () => readUpstream(id ?? ''));
  if (problem)
    return (
      <p className="dialog-note" role="alert">
        {problem.message}
      </p>
    );
  return active && upstream ? (
    <Pull controller={controller} open={active} upstream={upstream} close={close} />
  ) : (
    <p className="dialog-note">{i18n.t('Loading…')}</p>
  );
}

function Pull({
  controller,
  open,
  upstream,
  close,
}: {
  controller: DashboardController;
  open: OpenLayout;
  upstream: Upstream;
  close(): void;
}) {
  const { content, dirty } = useStore(open.session.store);
  const [choices, setChoices] = useState<Choices>({});
  const proposal = proposePull(content, upstream.base, upstream.layout);
  const { changes, merged } = proposal;
  const groups = byPanel(merged.conflicts);
  const unsettled = groups.filter(({ conflicts }) => conflicts.some(({ path }) => choices[path] === undefined)).length;
  const after = settle(proposal, choices);
  const clashing = new Set(merged.conflicts.map(({ path }) => path));
  return (
    <>
      <div className="merge-scroll">
        <div className="layout-pictures">
          <figure>
            <LayoutPicture tree={content.tree} />
            <figcaption>{i18n.t('Your copy now')}</figcaption>
          </figure>
          <figure>
            <LayoutPicture tree={after.tree} marked={panelsIn(changes)} />
            <figcaption>{i18n.t('After the pull')}</figcaption>
          </figure>
        </div>
        <section className="merge-changes">
          <h3>{i18n.t('What changed in “{title}”', { title: upstream.layout.title })}</h3>
          {changes.length === 0 ? (
            <p className="merge-detail">{i18n.t('Nothing that your copy has not got.')}</p>
          ) : (
            <ul>
              {changes.map((change) => (
                <li key={change.path}>
                  <span>{describeChange(change)}</span>
                  {clashing.has(change.path) ? <span className="merge-detail">{i18n.t('changed by you as well')}</span> : null}
                </li>
              ))}
            </ul>
          )}
        </section>
        {groups.map((group) => (
          <GroupChoice
            key={group.key}
            group={group}
            title={titleOf(group, after.panels, upstream.layout.panels)}
            trees={treesOf(group, { mine: content.tree, theirs: merged.theirTree })}
            chosen={choices[group.conflicts[0]?.path ?? ''] ?? null}
            choose={(side) => setChoices({ ...choices, ...Object.fromEntries(group.conflicts.map(({ path }) => [path, side])) })}
          />
        ))}
      </div>
      <div className="dialog-actions">
        {dirty ? <p className="dialog-text">{i18n.t('Save or discard your changes first.')}</p> : null}
        <Button className="button" onPress={close}>
          {i18n.t('Later')}
        </Button>
        <Button
          className="button primary"
          isDisabled={unsettled > 0 || dirty || changes.length === 0}
          onPress={() => void controller.actions.pull(open, upstream.layout, after)}
        >
          {i18n.t('Pull')}
        </Button>
      </div>
      <output className="hidden-text">{unsettled > 0 ? i18n.t('{count} still to choose', { count: unsettled }) : ''}</output>
    </>
  );
}

type Panels = Upstream['layout']['panels'];

function titleOf({ key, conflicts }: ConflictGroup, ...panels: Panels[]): string {
  const [room, id] = key.split('/');
  if (room !== 'panels' || id === undefined) return conflicts[0] ? describePart(conflicts[0]) : key;
  const panel = panels.map((all) => all[id]).find((found) => found !== undefined);
  return panel?.title || (panel?.widget.split('@')[0] ?? id);
}

interface Trees {
  mine: LayoutNode;
  theirs: LayoutNode;
}

/** How each side has arranged what the group is about; undefined: a filter or the like, which stands nowhere. */
function treesOf({ key, conflicts: [conflict] }: ConflictGroup, whole: Trees): Trees | undefined {
  if (key === 'tree') return conflict as Trees | undefined;
  return key.startsWith('panels/') ? whole : undefined;
}

interface GroupChoiceProps {
  group: ConflictGroup;
  title: string;
  trees: Trees | undefined;
  chosen: 'mine' | 'theirs' | null;
  choose(side: 'mine' | 'theirs'): void;
}

function GroupChoice({ group: { conflicts }, title, trees, chosen, choose }: GroupChoiceProps) {
  return (
    <RadioGroup className="merge-conflict" value={chosen} onChange={(side) => choose(side as 'mine' | 'theirs')} orientation="horizontal">
      <Label>
        {title} <span className="merge-detail">{i18n.t('changed in both')}</span>
      </Label>
      <div className="merge-sides">
        <Side value="mine" title={i18n.t('Keep mine')} conflicts={conflicts} tree={trees?.mine} />
        <Side value="theirs" title={i18n.t('Take the original’s')} conflicts={conflicts} tree={trees?.theirs} />
      </div>
    </RadioGroup>
  );
}

interface SideProps {
  value: 'mine' | 'theirs';
  title: string;
  conflicts: readonly Conflict[];
  tree: LayoutNode | undefined;
}

function Side({ value, title, conflicts, tree }: SideProps) {
  return (
    <Radio value={value} className="merge-side">
      <strong>{title}</strong>
      {tree ? <LayoutPicture tree={tree} marked={panelsIn(conflicts)} /> : null}
      {conflicts.map((conflict) => (
        <span key={conflict.path}>
          {conflict.path === 'tree' ? '' : `${describePart(conflict)}: `}
          {formatValue(conflict[value])}
        </span>
      ))}
    </Radio>
  );
}
