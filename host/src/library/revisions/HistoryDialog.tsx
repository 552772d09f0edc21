import type { RevisionSummary } from '@datamesh/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { i18n } from '../../language/i18n';
import { ago, exactly } from '../../ui/times';
import { useAnswer } from '../../ui/use-answer';
import { useStore } from '../../ui/use-store';
import { CopiedFrom, copiesWords } from '../LineageWords';
import { Comparison } from './Comparison';
import { RevisionName } from './RevisionName';
import { RevisionPicture } from './RevisionPicture';
import { listRevisions, readLineage, revisionReader } from './revision-calls';
import './revisions.css';

/** Every revision of the shown layout: who made it and when, how it stood, what is different, and the way back. */
export default function HistoryDialog({ controller }: { controller: DashboardController }) {
  const { active } = controller;
  return active ? <Revisions key={active.id} controller={controller} open={active} /> : null;
}

function Revisions({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { layout, dirty } = useStore(open.session.store);
  const current = layout.revision;
  const read = useMemo(() => revisionReader(open.id), [open.id]);
  // A copy's history goes on in another layout's, and begins others: where that is not known the revisions are there all the same.
  const { answer: lineage } = useAnswer(`${open.id} ${current}`, () => readLineage(open.id));
  const [items, setItems] = useState<RevisionSummary[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [chosen, setChosen] = useState(current);
  const [other, setOther] = useState<number | null>(null);

  const load = useCallback(
    async (cursor: string | null) => {
      try {
        const page = await listRevisions(open.id, cursor);
        setItems((known) => (cursor === null ? page.items : [...(known ?? []), ...page.items]));
        setNext(page.next);
        setProblem(null);
      } catch (cause) {
        setProblem(asProblem(cause));
      }
    },
    [open.id],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another revision the list is another one
  useEffect(() => void load(null), [load, current]);

  const failed = problem ? (
    <div className="dialog-note" role="alert">
      <p>{problem.message}</p>
      <Button className="button" onPress={() => void load(items === null ? null : next)}>
        {i18n.t('Try again')}
      </Button>
    </div>
  ) : null;
  if (!items) return failed ?? <p className="dialog-note">{i18n.t('Loading…')}</p>;
  const revision = items.find((one) => one.revision === chosen) ?? items[0];
  if (!revision) return null;
  const before = items.find((one) => one.revision < revision.revision)?.revision ?? null;
  const against = other !== null && other !== revision.revision ? other : before;
  return (
    <div className="revisions">
      <div className="revisions-list">
        {lineage?.copiedFrom ? (
          <p className="revisions-note">
            <CopiedFrom controller={controller} from={lineage.copiedFrom} withRevision />
          </p>
        ) : null}
        {lineage?.copies ? <p className="revisions-note">{copiesWords(lineage.copies)}</p> : null}
        <ListBox
          aria-label={i18n.t('Revisions')}
          items={items.map((item) => ({ ...item, id: item.revision }))}
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={[revision.revision]}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : [...keys];
            if (key !== undefined) setChosen(Number(key));
          }}
          autoFocus
        >
          {(item) => (
            <ListBoxItem
              className="revision-row"
              textValue={i18n.t('Revision {revision} {name}', { revision: item.revision, name: item.name ?? '' })}
            >
              <RevisionPicture read={read} revision={item.revision} />
              <span className="revision-text">
                <strong>{item.name ?? i18n.t('Revision {revision}', { revision: item.revision })}</strong>
                <span>
                  {item.updatedByName} · <time title={exactly(item.updatedAt)}>{ago(item.updatedAt, Date.now())}</time>
                </span>
                {item.message || item.name || item.revision === current ? (
                  <span>
                    {[
                      item.revision === current ? i18n.t('now') : null,
                      item.name ? i18n.t('revision {revision}', { revision: item.revision }) : null,
                      item.message,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                ) : null}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
        {failed}
        {next && !problem ? (
          <Button className="button small" onPress={() => void load(next)}>
            {i18n.t('Show older ones')}
          </Button>
        ) : null}
      </div>
      <section className="revisions-detail" aria-label={i18n.t('Revision {revision}', { revision: revision.revision })}>
        <RevisionName
          key={`${revision.revision} ${revision.name ?? ''}`}
          layout={open.id}
          revision={revision}
          named={(summary) => setItems(items.map((item) => (item.revision === summary.revision ? summary : item)))}
        />
        <label className="revisions-against">
          {i18n.t('Compare with')}
          <select
            className="input"
            value={against ?? ''}
            disabled={items.length < 2}
            onChange={({ target }) => setOther(Number(target.value) || null)}
          >
            {against === null ? <option value="">{i18n.t('nothing: it is the first')}</option> : null}
            {items
              .filter((one) => one.revision !== revision.revision)
              .map((one) => (
                <option key={one.revision} value={one.revision}>
                  {one.revision === before
                    ? i18n.t('the one before')
                    : one.revision === current
                      ? i18n.t('now')
                      : (one.name ?? i18n.t('revision {revision}', { revision: one.revision }))}
                </option>
              ))}
          </select>
        </label>
        <Comparison read={read} revision={revision.revision} against={against} />
        <div className="dialog-actions">
          {dirty && revision.revision !== current ? (
            <p className="revisions-note">{i18n.t('Your unsaved changes give way; Undo brings them back.')}</p>
          ) : null}
          <Button
            className="button primary"
            isDisabled={revision.revision === current}
            onPress={() => void controller.actions.restoreRevision(open, revision.revision)}
          >
            {revision.revision === current
              ? i18n.t('This is how it is now')
              : i18n.t('Restore revision {revision}', { revision: revision.revision })}
          </Button>
        </div>
      </section>
    </div>
  );
}
