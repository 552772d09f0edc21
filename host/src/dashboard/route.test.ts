import { describe, expect, it } from 'vitest';
import { routeOf } from './route';

describe('routeOf', () => {
  it.each([
    ['/', { kind: 'home' }],
    ['/d/sales', { kind: 'department', department: 'sales' }],
    ['/d/sales/', { kind: 'department', department: 'sales' }],
    ['/l/0192aa-77bc', { kind: 'layout', layout: '0192aa-77bc' }],
    ['/d/Sales', { kind: 'unknown' }],
    ['/d/sales/more', { kind: 'unknown' }],
    ['/d/sales/0192aa-77bc', { kind: 'department', department: 'sales', layout: '0192aa-77bc' }],
    ['/d/sales/0192aa-77bc/more', { kind: 'unknown' }],
    ['/l/..%2f', { kind: 'unknown' }],
    ['/deployments', { kind: 'deployments', widget: null }],
    ['/deployments/series-chart', { kind: 'deployments', widget: 'series-chart' }],
    ['/deployments/Series', { kind: 'unknown' }],
    ['/deployments/notes/more', { kind: 'unknown' }],
    ['/admin', { kind: 'administration', section: 'departments' }],
    ['/admin/departments', { kind: 'administration', section: 'departments' }],
    ['/admin/audit?actor=user%3Aalex', { kind: 'administration', section: 'audit' }],
    ['/admin/settings', { kind: 'administration', section: 'settings' }],
    ['/admin/nothing', { kind: 'unknown' }],
    ['/admin/departments/more', { kind: 'unknown' }],
    ['/departments', { kind: 'unknown' }],
    ['/departments/sales', { kind: 'department-page', department: 'sales' }],
    ['/layouts', { kind: 'library' }],
    ['/preferences', { kind: 'preferences' }],
    ['/preferences/more', { kind: 'unknown' }],
    ['/marketplace', { kind: 'marketplace', widget: null }],
    ['/marketplace/notes', { kind: 'marketplace', widget: 'notes' }],
    ['/marketplace/notes/more', { kind: 'unknown' }],
    ['/layouts/more', { kind: 'unknown' }],
    ['/d', { kind: 'unknown' }],
    ['/nothing', { kind: 'unknown' }],
  ])('%s', (path, route) => expect(routeOf(path)).toEqual(route));
});
