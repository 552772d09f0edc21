import { PlaceLink } from '../../dashboard/PlaceLink';
import { departmentPagePath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { PageHeading } from '../../pages/PageHeading';
import { useLive } from '../../pages/use-live';
import { Waiting } from '../../pages/Waiting';
import type { SectionProps } from '../section';
import { listDepartments } from './department-calls';
import { NewDepartment } from './NewDepartment';

/** All departments, each with what it opens first. */
export function DepartmentList({ controller }: SectionProps) {
  const departments = useLive(controller, '', [], () => listDepartments(controller));
  const { value } = departments;
  return (
    <>
      <PageHeading title={i18n.t('Departments')}>
        <p className="place-small">{i18n.t('Who belongs to one is said by the company’s sign-in; what it opens is said here.')}</p>
      </PageHeading>
      <Waiting of={departments} lines={6} what={i18n.t('The list of departments')} />
      {value?.length === 0 ? <p className="place-empty">{i18n.t('There is no department yet. Create the first one below.')}</p> : null}
      {value && value.length > 0 ? (
        <ul className="place-rows" aria-label={i18n.t('Departments')}>
          {value.map(({ id, title, layout, layoutTitle }) => (
            <li key={id} className="administration-row" aria-label={title}>
              <div>
                <PlaceLink controller={controller} path={departmentPagePath(id)}>
                  {title}
                </PlaceLink>
                <span className="place-small">
                  {layout === null
                    ? i18n.t('nothing pinned')
                    : layoutTitle === null
                      ? i18n.t('opens a layout that is gone')
                      : i18n.t('opens {layout}', { layout: layoutTitle })}
                </span>
              </div>
              <span className="place-small">{id}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {value ? <NewDepartment controller={controller} taken={value.map(({ id }) => id)} created={departments.ask} /> : null}
    </>
  );
}
