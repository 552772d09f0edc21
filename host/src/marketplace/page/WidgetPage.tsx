import { useEffect, useRef } from 'react';
import { api, ask } from '../../api/client';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { PlaceLink } from '../../dashboard/PlaceLink';
import { marketplacePath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { useQuery } from '../use-query';
import WidgetDetails from '../WidgetDetails';
import { AddTo } from './AddTo';

/** One widget: what it is, how it runs, and how it comes into a layout. */
export function WidgetPage({ controller, name }: { controller: DashboardController; name: string }) {
  const answer = useQuery(name, () => ask(api.GET('/widgets/{name}', { params: { path: { name } } })));
  const heading = useRef<HTMLHeadingElement>(null);
  const title = answer.state === 'ready' ? answer.value.title : name;
  useEffect(() => {
    if (answer.state === 'ready') document.title = `${title} · Data Mesh`;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [answer.state, title]);
  return (
    <>
      <PlaceLink controller={controller} path={marketplacePath()}>
        {i18n.t('Marketplace')}
      </PlaceLink>
      <div className="market-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {answer.state === 'ready' && controller.powerUser ? <AddTo controller={controller} widget={answer.value} several /> : null}
      </div>
      <WidgetDetails controller={controller} name={name} placement="page" />
    </>
  );
}
