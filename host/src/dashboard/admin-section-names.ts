import { i18n } from '../language/i18n';
import type { AdminSection } from './route';

export const adminSectionName = (section: AdminSection): string =>
  ({
    departments: i18n.t('Departments'),
    people: i18n.t('People'),
    tokens: i18n.t('Tokens'),
    audit: i18n.t('Audit log'),
    settings: i18n.t('Settings'),
  })[section];
