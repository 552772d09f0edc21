import type { DashboardController } from '../dashboard/dashboard-controller';
import { Overview } from './Overview';
import { WidgetDeployments } from './WidgetDeployments';
import '../pages/pages.css';
import './deployments.css';

/** For those who look after widgets: what runs of them where, what their channels therefore give, and who froze one and why. */
export default function Deployments({ controller, widget }: { controller: DashboardController; widget: string | null }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="place" tabIndex={0}>
      <div className="place-column">
        {widget === null ? <Overview controller={controller} /> : <WidgetDeployments controller={controller} name={widget} />}
      </div>
    </div>
  );
}
