import type { LayoutNode, LayoutSummary } from '@datamesh/contracts';
import { Button } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { Icon } from '../../shell/Icon';
import { ago, exactly } from '../../shell/times';
import { LayoutPicture } from '../LayoutPicture';

export interface LayoutCardProps {
  layout: LayoutSummary;
  /** Undefined until it has come. */
  tree: LayoutNode | undefined;
  mine: boolean;
  /** Title of the department that opens it first. */
  pinnedBy: string | undefined;
  /** How many people opened it in 30 days; undefined: not known, or not told. */
  openedBy: number | undefined;
  star(starred: boolean): void;
  restore(): void;
  removeForEver(): void;
}

/** One layout of the library: how it stands, and what can be done with it here. */
export function LayoutCard({ layout, tree, mine, pinnedBy, openedBy, star, restore, removeForEver }: LayoutCardProps) {
  const { id, title, ownerName, binned, starred } = layout;
  return (
    <GridListItem id={id} className="library-card" textValue={title}>
      <span className="library-picture">{tree ? <LayoutPicture tree={tree} /> : null}</span>
      <span className="library-title">{title}</span>
      <span className="library-detail">
        {mine ? 'yours' : `by ${ownerName}`}
        {pinnedBy ? ` · pinned by ${pinnedBy}` : ''}
      </span>
      {binned ? (
        <>
          <span className="library-detail" title={exactly(binned.at)}>
            deleted {ago(binned.at, Date.now())} by {binned.byName}
          </span>
          <span className="library-detail" title={exactly(binned.until)}>
            {daysLeft(binned.until)}
          </span>
          <span className="library-actions">
            <Button className="button small" aria-label={`Restore ${title}`} onPress={restore}>
              Restore
            </Button>
            <Button className="button small bad" aria-label={`Delete for ever: ${title}`} onPress={removeForEver}>
              Delete for ever
            </Button>
          </span>
        </>
      ) : (
        <>
          <span className="library-detail" title={exactly(layout.openedAt ?? layout.updatedAt)}>
            {layout.openedAt ? `you opened it ${ago(layout.openedAt, Date.now())}` : changed(layout)}
          </span>
          {openedBy ? (
            <span className="library-detail">opened by {openedBy === 1 ? 'one person' : `${openedBy} people`} in 30 days</span>
          ) : null}
          <ToggleButton
            className="library-star button quiet icon-only small"
            aria-label={`Star ${title}`}
            isSelected={starred}
            onChange={star}
          >
            <Icon name="star" size={14} />
          </ToggleButton>
        </>
      )}
    </GridListItem>
  );
}

const changed = ({ updatedAt, updatedBy, updatedByName, owner }: LayoutSummary): string =>
  `changed ${ago(updatedAt, Date.now())}${updatedBy === owner ? '' : ` by ${updatedByName}`}`;

const day = 86_400_000;

function daysLeft(until: string): string {
  const days = Math.ceil((Date.parse(until) - Date.now()) / day);
  return days <= 1 ? 'gone for ever within a day' : `gone for ever in ${days} days`;
}
