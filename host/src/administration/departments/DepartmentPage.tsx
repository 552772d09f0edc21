import type { DashboardController } from '../../dashboard/dashboard-controller';
import { isAdmin } from '../../dashboard/loading';
import { PlaceLink } from '../../dashboard/PlaceLink';
import { adminPath, departmentPath } from '../../dashboard/route';
import { PageHeading } from '../../pages/PageHeading';
import { useLive } from '../../pages/use-live';
import { Waiting } from '../../pages/Waiting';
import { ProblemPage } from '../../ui/Page';
import { useStore } from '../../ui/use-store';
import { DepartmentUsage } from './DepartmentUsage';
import { departmentOverview } from './department-calls';
import { PinnedLayouts } from './PinnedLayouts';
import { RenameDepartment } from './RenameDepartment';
import '../../pages/pages.css';
import '../administration.css';
import { i18n } from '../../language/i18n';

/** For those who may say what a department opens. */
export default function DepartmentPage({ controller, department: id }: { controller: DashboardController; department: string }) {
  const { session } = useStore(controller.store);
  const overview = useLive(controller, id, ['pins'], () => departmentOverview(controller, id));
  const { value, problem } = overview;
  if (problem && (problem.status === 403 || problem.status === 404)) return <ProblemPage problem={problem} retry={overview.ask} />;
  const admin = isAdmin(session);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="place" tabIndex={0}>
      <div className="place-column">
        <PageHeading
          title={value?.department.title ?? session.departments.find((one) => one.id === id)?.title ?? id}
          before={
            admin ? (
              <PlaceLink controller={controller} path={adminPath('departments')}>
                {i18n.t('All departments')}
              </PlaceLink>
            ) : undefined
          }
        >
          <p className="place-small">
            {id} ·{' '}
            <PlaceLink controller={controller} path={departmentPath(id)}>
              {i18n.t('what its people see')}
            </PlaceLink>
          </p>
        </PageHeading>
        <Waiting of={overview} lines={4} what={i18n.t('What this department opens')} />
        {value ? <PinnedLayouts controller={controller} overview={value} changed={overview.ask} /> : null}
        {value && value.department.layouts.length > 0 ? <DepartmentUsage controller={controller} overview={value} /> : null}
        {value && admin ? <RenameDepartment controller={controller} department={value.department} renamed={overview.ask} /> : null}
      </div>
    </div>
  );
}
