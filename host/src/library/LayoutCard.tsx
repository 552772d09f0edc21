import type { LayoutNode, LayoutSummary } from '@datamesh/contracts';
import { Button } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import { Menu, type MenuItem } from '../ui/Menu';
import { ago, exactly } from '../ui/times';
import { LayoutPicture } from './LayoutPicture';
import { CopiedFrom, copiesWords } from './LineageWords';
import { OwnPress } from './OwnPress';

export interface LayoutCardProps {
  controller: DashboardController;
  layout: LayoutSummary;
  /** Undefined until it has come. */
  tree: LayoutNode | undefined;
  mine: boolean;
  /** Title of the department that opens it first. */
  pinnedBy: string | undefined;
  /** How many people opened it in 30 days; undefined: not known, or not told. */
  openedBy: number | undefined;
  /** What can be done with it here; of one in the bin there are buttons. */
  actions: MenuItem[];
  star(starred: boolean): void;
  restore(): void;
  removeForEver(): void;
}

/** One layout of the library: how it stands, and what can be done with it here. */
export function LayoutCard(props: LayoutCardProps) {
  const { controller, layout, tree, mine, pinnedBy, openedBy, actions, star, restore, removeForEver } = props;
  const { id, title, ownerName, binned, starred } = layout;
  const { copiedFrom, copies } = layout.lineage;
  return (
    <GridListItem id={id} className="library-card" textValue={title}>
      <span className="library-picture">{tree ? <LayoutPicture tree={tree} /> : null}</span>
      <span className="library-title">{title}</span>
      <span className="library-detail">
        {mine ? i18n.t('yours') : i18n.t('by {name}', { name: ownerName })}
        {pinnedBy ? ` · ${i18n.t('pinned by {title}', { title: pinnedBy })}` : ''}
      </span>
      {binned ? (
        <>
          <span className="library-detail" title={exactly(binned.at)}>
            {i18n.t('deleted {when} by {name}', { when: ago(binned.at, Date.now()), name: binned.byName })}
          </span>
          <span className="library-detail" title={exactly(binned.until)}>
            {daysLeft(binned.until)}
          </span>
          <span className="library-actions">
            <Button className="button small" aria-label={i18n.t('Restore {title}', { title })} onPress={restore}>
              {i18n.t('Restore')}
            </Button>
            <Button className="button small bad" aria-label={i18n.t('Delete for ever: {title}', { title })} onPress={removeForEver}>
              {i18n.t('Delete for ever')}
            </Button>
          </span>
        </>
      ) : (
        <>
          <span className="library-detail" title={exactly(layout.openedAt ?? layout.updatedAt)}>
            {layout.openedAt ? i18n.t('you opened it {when}', { when: ago(layout.openedAt, Date.now()) }) : changed(layout)}
          </span>
          {copiedFrom ? (
            <span className="library-detail">
              <CopiedFrom controller={controller} from={copiedFrom} />
            </span>
          ) : null}
          {copies ? <span className="library-detail">{copiesWords(copies)}</span> : null}
          {openedBy ? (
            <span className="library-detail">
              {i18n.t('{count, plural, one {opened by one person in 30 days} other {opened by # people in 30 days}}', { count: openedBy })}
            </span>
          ) : null}
          <ToggleButton
            className="library-star button quiet icon-only small"
            aria-label={i18n.t('Star {title}', { title })}
            isSelected={starred}
            onChange={star}
          >
            <Icon name="star" size={14} />
          </ToggleButton>
          <OwnPress className="library-menu" allKeys>
            <Menu
              label={i18n.t('Actions for {title}', { title })}
              className="button quiet icon-only small"
              button={<Icon name="dots" size={14} />}
              align="end"
              items={actions}
            />
          </OwnPress>
        </>
      )}
    </GridListItem>
  );
}

const changed = ({ updatedAt, updatedBy, updatedByName, owner }: LayoutSummary): string =>
  updatedBy === owner
    ? i18n.t('changed {when}', { when: ago(updatedAt, Date.now()) })
    : i18n.t('changed {when} by {name}', { when: ago(updatedAt, Date.now()), name: updatedByName });

const day = 86_400_000;

function daysLeft(until: string): string {
  const days = Math.ceil((Date.parse(until) - Date.now()) / day);
  return days <= 1 ? i18n.t('gone for ever within a day') : i18n.t('gone for ever in {days} days', { days });
}
