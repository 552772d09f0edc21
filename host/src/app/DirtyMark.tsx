/** Told by shape and words, not by colour alone. */
import { i18n } from '../language/i18n';

export function DirtyMark() {
  return (
    <span className="dirty" title={i18n.t('Unsaved changes')}>
      <span className="hidden-text"> ({i18n.t('unsaved changes')})</span>
    </span>
  );
}
