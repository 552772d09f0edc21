import type { LayoutTitles } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { isWithheld } from '../../api/figures';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';
import { rich } from '../../language/rich';
import { people, stay } from '../../marketplace/format-usage';
import { useLive } from '../../pages/use-live';
import { Waiting } from '../../pages/Waiting';
import type { DepartmentOverview } from './department-calls';
import { type LayoutUse, usageOf } from './usage-calls';

/** Who uses what of the pinned layouts, and what nobody looks at: for whoever decides what stays. */
export function DepartmentUsage({
  controller,
  overview: { department, layouts },
}: {
  controller: DashboardController;
  overview: DepartmentOverview;
}) {
  const shown = department.layouts.flatMap((id) => layouts.get(id) ?? []);
  const ids = shown.map(({ id }) => id);
  const usage = useLive(controller, department.id, [], () => usageOf(ids), ids.join(' '));
  const titleOf = useWidgetTitles(controller, shown);
  return (
    <section aria-labelledby="department-usage">
      <h2 id="department-usage">{i18n.t('Who uses what')}</h2>
      <p className="place-small">
        {i18n.t('In the last 30 days, wherever these layouts were opened.')}
        {usage.value?.least
          ? ` ${i18n.t('What fewer than {count} people did is told to administrators only.', { count: usage.value.least })}`
          : ''}
      </p>
      {usage.problem && isWithheld(usage.problem) ? (
        <p className="place-empty">{i18n.t('What is used is shown to other departments than yours. An administrator can change that.')}</p>
      ) : (
        <Waiting of={usage} lines={3} what={i18n.t('Who uses what')} />
      )}
      {usage.value
        ? shown.map((layout) => (
            <LayoutUsage key={layout.id} layout={layout} use={usage.value?.of.get(layout.id) ?? null} titleOf={titleOf} />
          ))
        : null}
    </section>
  );
}

/** By a widget's name: what its panels are called that have no title of their own. */
function useWidgetTitles({ resolutions }: DashboardController, layouts: readonly LayoutTitles[]): (widget: string) => string {
  const untitled = layouts.flatMap(({ panels }) => Object.values(panels)).filter(({ title }) => title === null);
  const specs = [...new Set(untitled.map(({ widget }) => specOf(widget)))].sort().join(' ');
  const [, setKnown] = useState('');
  useEffect(() => {
    let over = false;
    // One that cannot be had is called as is known of it, if only by its name.
    void Promise.allSettled(
      specs
        .split(' ')
        .filter(Boolean)
        .map((spec) => resolutions.get(spec)),
    ).then(() => over || setKnown(specs));
    return () => {
      over = true;
    };
  }, [resolutions, specs]);
  return (widget) => resolutions.titleOf(specOf(widget));
}

const specOf = (widget: string): string => `${widget}@stable`;

interface LayoutUsageProps {
  layout: LayoutTitles;
  use: LayoutUse | null;
  titleOf(widget: string): string;
}

function LayoutUsage({ layout, use, titleOf }: LayoutUsageProps) {
  const panels = Object.entries(layout.panels).map(([id, { title, widget }]) => ({
    id,
    name: title ?? titleOf(widget),
    use: use?.panels.get(id),
  }));
  const used = panels.filter((panel) => panel.use !== undefined).sort((a, b) => (b.use?.visitors ?? 0) - (a.use?.visitors ?? 0));
  const unused = panels.filter((panel) => panel.use === undefined);
  return (
    <div className="place-rows department-usage">
      <h3 id={`usage-${layout.id}`}>
        {layout.title} <span className="place-small">{use ? people(use.visitors) : i18n.t('nobody, or too few to say')}</span>
      </h3>
      {used.length > 0 ? (
        <ul aria-labelledby={`usage-${layout.id}`}>
          {used.map(({ id, name, use: seen }) => (
            <li key={id}>
              <span>{name}</span>
              <span className="place-small">{seen ? `${people(seen.visitors)} · ${stay(seen.dwellMs)}` : null}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {unused.length > 0 && use ? (
        <p className="place-small">
          {rich((slots) => i18n.t('Nobody, or too few to say, looked at: {panels}', slots), {
            panels: <strong>{unused.map(({ name }) => name).join(', ')}</strong>,
          })}
        </p>
      ) : null}
    </div>
  );
}
