import type { ComponentType } from 'react';
import { adminSectionName } from '../dashboard/admin-section-names';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { adminSectionsOf } from '../dashboard/loading';
import { PlaceLink } from '../dashboard/PlaceLink';
import { type AdminSection, adminPath } from '../dashboard/route';
import { useStore } from '../ui/use-store';
import { AuditLog } from './audit/AuditLog';
import { DepartmentList } from './departments/DepartmentList';
import { People } from './people/People';
import type { SectionProps } from './section';
import { InstanceSettings } from './settings/InstanceSettings';
import { Tokens } from './tokens/Tokens';
import '../pages/pages.css';
import './administration.css';
import { i18n } from '../language/i18n';

const SECTIONS: Record<AdminSection, ComponentType<SectionProps>> = {
  departments: DepartmentList,
  people: People,
  tokens: Tokens,
  audit: AuditLog,
  settings: InstanceSettings,
};

/** For administrators, and publishers with their tokens: each section has an address of its own, and the way to it stays where it is. */
export default function Administration({ controller, section }: { controller: DashboardController; section: AdminSection }) {
  const Section = SECTIONS[section];
  const sections = adminSectionsOf(useStore(controller.store).session);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="place" tabIndex={0}>
      <div className="place-column">
        {sections.length > 1 ? (
          <nav className="administration-sections" aria-label={i18n.t('Administration')}>
            {sections.map((one) => (
              <PlaceLink key={one} controller={controller} path={adminPath(one)} current={one === section}>
                {adminSectionName(one)}
              </PlaceLink>
            ))}
          </nav>
        ) : null}
        <Section key={section} controller={controller} />
      </div>
    </div>
  );
}
