import type { ComponentType } from 'react';
import type { Desk } from '../shell/desk';
import { adminSectionsOf } from '../shell/loading';
import { PlaceLink } from '../shell/PlaceLink';
import { type AdminSection, adminPath } from '../shell/route';
import { useStore } from '../shell/useStore';
import { AuditLog } from './audit/AuditLog';
import { DepartmentList } from './departments/DepartmentList';
import { People } from './people/People';
import type { SectionProps } from './section';
import { InstanceSettings } from './settings/InstanceSettings';
import { Tokens } from './tokens/Tokens';
import '../pages/pages.css';
import './administration.css';

const SECTIONS: Record<AdminSection, { title: string; Section: ComponentType<SectionProps> }> = {
  departments: { title: 'Departments', Section: DepartmentList },
  people: { title: 'People', Section: People },
  tokens: { title: 'Tokens', Section: Tokens },
  audit: { title: 'Audit log', Section: AuditLog },
  settings: { title: 'Settings', Section: InstanceSettings },
};

/** For administrators, and publishers with their tokens: each section has an address of its own, and the way to it stays where it is. */
export default function Administration({ desk, section }: { desk: Desk; section: AdminSection }) {
  const { Section } = SECTIONS[section];
  const sections = adminSectionsOf(useStore(desk.store).session);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="place" tabIndex={0}>
      <div className="place-column">
        {sections.length > 1 ? (
          <nav className="administration-sections" aria-label="Administration">
            {sections.map((one) => (
              <PlaceLink key={one} desk={desk} path={adminPath(one)} current={one === section}>
                {SECTIONS[one].title}
              </PlaceLink>
            ))}
          </nav>
        ) : null}
        <Section key={section} desk={desk} />
      </div>
    </div>
  );
}
