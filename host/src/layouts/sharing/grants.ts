import type { AccessEntry, LayoutSharing } from '@datamesh/contracts';
import { i18n } from '../../language/i18n';

export type May = 'view' | 'edit';

export const withGrant =
  (to: string, may: May) =>
  (sharing: LayoutSharing): LayoutSharing => {
    const known = sharing.grants.some((grant) => grant.to === to);
    const grants = known ? sharing.grants.map((grant) => (grant.to === to ? { to, may } : grant)) : [...sharing.grants, { to, may }];
    return { ...sharing, grants };
  };

export const withoutGrant =
  (to: string) =>
  (sharing: LayoutSharing): LayoutSharing => ({ ...sharing, grants: sharing.grants.filter((grant) => grant.to !== to) });

/** Whom a layout is open to beside those it names. */
export type Circle = { kind: 'private' } | { kind: 'company' } | { kind: 'department'; department: string };

export const circleOf = ({ visibility, department }: LayoutSharing): Circle =>
  visibility === 'company'
    ? { kind: 'company' }
    : visibility === 'department' && department !== null
      ? { kind: 'department', department }
      : { kind: 'private' };

/** The department that a layout stands under is kept where nothing is said of one. */
export const withCircle =
  (circle: Circle) =>
  (sharing: LayoutSharing): LayoutSharing => ({
    ...sharing,
    visibility: circle.kind,
    department: circle.kind === 'department' ? circle.department : sharing.department,
  });

/** A department sees it as well, and nobody sees less than before. */
export const openTo =
  (department: string) =>
  (sharing: LayoutSharing): LayoutSharing =>
    circleOf(sharing).kind === 'private'
      ? withCircle({ kind: 'department', department })(sharing)
      : withGrant(`department:${department}`, 'view')(sharing);

/** Why somebody has access, in words. */
export function reason({ why, may }: Pick<AccessEntry, 'why' | 'may'>): string {
  switch (why) {
    case 'owner':
      return i18n.t('made it');
    case 'grant':
      return may === 'edit' ? i18n.t('added here, may edit') : i18n.t('added here, may view');
    case 'department':
      return i18n.t('everybody there may view, its power users may edit');
    case 'company':
      return i18n.t('everybody who signs in may view');
    case 'pinned':
      return i18n.t('opens it first: it is pinned there');
    case 'admin':
      return i18n.t('may see and edit every layout');
  }
}
