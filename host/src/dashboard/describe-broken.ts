import type { AuditVerification } from '@datamesh/contracts';
import { i18n } from '../language/i18n';

/** How the audit log is not what was written; the service's own text is for whoever reads its answers. */
export function describeBroken({ kind, seq }: NonNullable<AuditVerification['broken']>): string {
  switch (kind) {
    case 'changed':
      return i18n.t('Entry {seq} is not what was written, or the one before it is not', { seq });
    case 'missing':
      return i18n.t('Entry {seq} is missing', { seq });
    case 'replaced':
      return i18n.t('Entry {seq} is another one than was here when the end of the log was noted', { seq });
    case 'cut':
      return i18n.t('The log ends before entry {seq}, and was longer', { seq });
  }
}
