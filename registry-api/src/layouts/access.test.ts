import { describe, expect, it } from 'vitest';
import { mayDelete, mayEdit, mayView, type Person, readersFor, visibleToDepartment } from './access';
import { type LayoutHead, readersOf } from './layout';

const person = (id: string, more: Partial<Person> = {}): Person => ({
  user: `user:${id}`,
  name: id,
  admin: false,
  roles: ['viewer'],
  departments: [],
  ...more,
});
const owner = person('alex', { departments: ['sales'], roles: ['power-user'] });
const viewer = person('casey', { departments: ['sales'] });
const power = person('pat', { departments: ['sales'], roles: ['power-user'] });
const stranger = person('robin', { departments: ['operations'], roles: ['power-user'] });
const admin = person('dana', { admin: true });
const everybody = [owner, viewer, power, stranger, admin];

type Sharing = Pick<LayoutHead, 'owner' | 'department' | 'visibility' | 'grants'>;
const layout = (more: Partial<Sharing> = {}): Sharing => ({
  owner: 'user:alex',
  department: null,
  visibility: 'private',
  grants: [],
  ...more,
});
const ids = (allowed: (one: Person) => boolean): string[] => everybody.filter(allowed).map(({ name }) => name);

describe('who may see and edit a layout', () => {
  it('private: its owner, and admins', () => {
    const it = layout({ department: 'sales' });
    expect(ids((one) => mayView(it, one))).toEqual(['alex', 'dana']);
    expect(ids((one) => mayEdit(it, one))).toEqual(['alex', 'dana']);
  });

  it('department: its people see it, its power users edit it', () => {
    const it = layout({ department: 'sales', visibility: 'department' });
    expect(ids((one) => mayView(it, one))).toEqual(['alex', 'casey', 'pat', 'dana']);
    expect(ids((one) => mayEdit(it, one))).toEqual(['alex', 'pat', 'dana']);
    expect(ids((one) => mayDelete(it, one))).toEqual(['alex', 'dana']);
  });

  it('company: everybody sees it, its owner edits it', () => {
    const it = layout({ department: 'sales', visibility: 'company' });
    expect(ids((one) => mayView(it, one))).toHaveLength(5);
    expect(ids((one) => mayEdit(it, one))).toEqual(['alex', 'dana']);
  });

  it('granted: to a person and to a department, each as far as it says', () => {
    const it = layout({
      grants: [
        { to: 'user:robin', may: 'view' },
        { to: 'department:sales', may: 'edit' },
      ],
    });
    expect(ids((one) => mayView(it, one))).toHaveLength(5);
    expect(ids((one) => mayEdit(it, one))).toEqual(['alex', 'casey', 'pat', 'dana']);
  });

  it('what a store looks up finds exactly what the rule allows', () => {
    const layouts = [
      layout(),
      layout({ department: 'sales' }),
      layout({ department: 'sales', visibility: 'department' }),
      layout({ visibility: 'company' }),
      layout({ grants: [{ to: 'user:robin', may: 'view' }] }),
      layout({ grants: [{ to: 'department:operations', may: 'view' }] }),
    ];
    for (const one of everybody) {
      const wanted = readersFor(one);
      for (const it of layouts) {
        const found = wanted === null || readersOf(it).some((reader) => wanted.includes(reader));
        expect(found).toBe(mayView(it, one));
      }
    }
  });
});

describe('departments', () => {
  const shared = layout({ department: 'sales', visibility: 'department' });

  it('knows what a whole department may see', () => {
    expect(visibleToDepartment(shared, 'sales')).toBe(true);
    expect(visibleToDepartment(shared, 'operations')).toBe(false);
    expect(visibleToDepartment(layout({ visibility: 'company' }), 'operations')).toBe(true);
    expect(visibleToDepartment(layout({ grants: [{ to: 'department:operations', may: 'view' }] }), 'operations')).toBe(true);
    expect(visibleToDepartment(layout({ department: 'sales' }), 'sales')).toBe(false);
  });
});
