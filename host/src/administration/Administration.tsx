import type { ComponentType } from 'react';
import type { Desk } from '../shell/desk';
import { PlaceLink } from '../shell/PlaceLink';
import { type AdminSection, adminPath, adminSections } from '../shell/route';
import { DepartmentList } from './departments/DepartmentList';
import type { SectionProps } from './section';
import '../pages/pages.css';
import './administration.css';

const SECTIONS: Record<AdminSection, { title: string; Section: ComponentType<SectionProps> }> = {
  departments: { title: 'Departments', Section: DepartmentList },
};

/** For administrators: each section has an address of its own, and the way to it stays where it is. */
export default function Administration({ desk, section }: { desk: Desk; section: AdminSection }) {
  const { Section } = SECTIONS[section];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="place" tabIndex={0}>
      <div className="place-column">
        <nav className="administration-sections" aria-label="Administration">
          {adminSections.map((one) => (
            <PlaceLink key={one} desk={desk} path={adminPath(one)} current={one === section}>
              {SECTIONS[one].title}
            </PlaceLink>
          ))}
        </nav>
        <Section key={section} desk={desk} />
      </div>
    </div>
  );
}
