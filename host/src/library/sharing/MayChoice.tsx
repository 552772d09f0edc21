import { i18n } from '../../language/i18n';
import type { May } from '../../layouts/sharing/grants';

/** What somebody may do with a layout. */
export function MayChoice({ label, may, choose }: { label: string; may: May; choose(may: May): void }) {
  return (
    <select className="input" aria-label={label} value={may} onChange={({ target }) => choose(target.value as May)}>
      <option value="view">{i18n.t('May view')}</option>
      <option value="edit">{i18n.t('May edit')}</option>
    </select>
  );
}
