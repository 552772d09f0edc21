import type { DashboardController } from '../../dashboard/dashboard-controller';
import { usualStart } from '../../dashboard/loading';
import { readStartPage, type StartPage, writeStartPage } from '../../dashboard/start-page';
import { i18n } from '../../language/i18n';
import { density, motion } from '../../ui/appearance';
import type { MenuItem } from '../../ui/Menu';

/** What the page of preferences offers, apart from theme and language; named in full, as nothing around them says what they are about. */
export function preferenceItems(controller: DashboardController): MenuItem[] {
  const dense = density.now;
  const moves = motion.now;
  return [
    { label: i18n.t('Density: comfortable'), checked: dense === 'comfortable', run: () => density.choose('comfortable') },
    { label: i18n.t('Density: compact'), checked: dense === 'compact', run: () => density.choose('compact') },
    { label: i18n.t('Motion: like the system'), checked: moves === 'system', run: () => motion.choose('system') },
    { label: i18n.t('Motion: reduced'), checked: moves === 'reduced', run: () => motion.choose('reduced') },
    ...startPageItems(controller),
  ];
}

function startPageItems({ active, store, toasts }: DashboardController): MenuItem[] {
  const { session } = store.getSnapshot();
  const now = readStartPage(session.user.id, localStorage) ?? usualStart(session);
  const item = (label: string, start: StartPage, checked: boolean): MenuItem => ({
    label,
    checked,
    run: () => {
      writeStartPage(session.user.id, start, localStorage);
      toasts.show('good', label);
    },
  });
  return [
    item(i18n.t('Start page: the layout I had open last'), { kind: 'last' }, now.kind === 'last'),
    item(i18n.t('Start page: what my department opens'), { kind: 'department' }, now.kind === 'department'),
    item(i18n.t('Start page: all layouts'), { kind: 'library' }, now.kind === 'library'),
    ...(active
      ? [
          item(
            i18n.t('Start page: this layout'),
            { kind: 'layout', layout: active.id, title: active.session.state.content.title },
            now.kind === 'layout' && now.layout === active.id,
          ),
        ]
      : []),
  ];
}
