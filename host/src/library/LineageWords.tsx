import type { Lineage } from '@datamesh/contracts';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { pathOfLayout } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { rich } from '../language/rich';
import { useStore } from '../ui/use-store';
import { OwnPress } from './OwnPress';

interface CopiedFromProps {
  controller: DashboardController;
  from: NonNullable<Lineage['copiedFrom']>;
  /** Says as well which of its revisions was taken in last. */
  withRevision?: boolean;
}

/** Of what a layout is a copy: a way to it where one may open it. */
export function CopiedFrom({ controller, from: { revision, original }, withRevision = false }: CopiedFromProps) {
  const { session } = useStore(controller.store);
  if (!original) return i18n.t('Copied from a layout that you cannot open');
  const name = original.ownerName;
  return rich(
    ({ title }) =>
      withRevision
        ? i18n.t('Copied from {title} by {name}, revision {revision}', { title, name, revision })
        : i18n.t('Copied from {title} by {name}', { title, name }),
    {
      title: (
        <OwnPress>
          <PlaceLink controller={controller} path={pathOfLayout(session.departments, original.layout)}>
            {original.title}
          </PlaceLink>
        </OwnPress>
      ),
    },
  );
}

export const copiesWords = (count: number): string => i18n.t('{count, plural, one {# copy} other {# copies}}', { count });
