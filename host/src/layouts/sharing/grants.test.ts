import type { LayoutSharing } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { circleOf, openTo, withCircle, withGrant, withoutGrant } from './grants';

const sharing: LayoutSharing = { department: 'sales', visibility: 'private', grants: [{ to: 'user:casey', may: 'view' }] };

it('adds a grant once, changes it in its place, and takes it away', () => {
  const added = withGrant('user:robin', 'edit')(sharing);
  expect(added.grants.map(({ to, may }) => `${to} ${may}`)).toEqual(['user:casey view', 'user:robin edit']);
  expect(withGrant('user:casey', 'edit')(added).grants.map(({ to, may }) => `${to} ${may}`)).toEqual([
    'user:casey edit',
    'user:robin edit',
  ]);
  expect(withoutGrant('user:casey')(added).grants.map(({ to }) => to)).toEqual(['user:robin']);
  expect(sharing.grants).toHaveLength(1);
});

it('opens a layout to a circle and closes it again, and leaves the rest as it is', () => {
  const open = withCircle({ kind: 'department', department: 'risk' })(sharing);
  expect(open).toEqual({ ...sharing, department: 'risk', visibility: 'department' });
  expect(circleOf(open)).toEqual({ kind: 'department', department: 'risk' });
  expect(circleOf(withCircle({ kind: 'company' })(open))).toEqual({ kind: 'company' });
  expect(circleOf(withCircle({ kind: 'private' })(open))).toEqual({ kind: 'private' });
  expect(circleOf({ ...sharing, visibility: 'department', department: null })).toEqual({ kind: 'private' });
});

it('opens a layout to a department as well, and takes nothing from those who see it', () => {
  expect(openTo('risk')(sharing)).toEqual({ ...sharing, department: 'risk', visibility: 'department' });
  const ofSales: LayoutSharing = { ...sharing, visibility: 'department' };
  expect(openTo('risk')(ofSales)).toEqual({ ...ofSales, grants: [...sharing.grants, { to: 'department:risk', may: 'view' }] });
});
