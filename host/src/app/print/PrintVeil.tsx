import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';

/** Over a page that is laid out for paper, which is nothing to look at. */
export function PrintVeil({ controller }: { controller: DashboardController }) {
  return (
    <div className="print-veil">
      <p role="status">{i18n.t('Making the pages ready…')}</p>
      <button type="button" className="button" onClick={() => void controller.printing.end()}>
        {i18n.t('Cancel')}
      </button>
    </div>
  );
}
