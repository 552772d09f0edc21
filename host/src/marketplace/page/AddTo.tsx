import type { WidgetSummary } from '@datamesh/contracts';
import { useState } from 'react';
import { pathOf } from '../../dashboard/address';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { i18n } from '../../language/i18n';
import { Menu, type MenuItem } from '../../ui/Menu';
import { HowMany } from '../HowMany';

interface AddToProps {
  controller: DashboardController;
  widget: WidgetSummary;
  /** Asks how many of them as well. */
  several?: boolean;
}

/** Adds a widget to one of the layouts that are open, or to a new one. */
export function AddTo({ controller, widget, several = false }: AddToProps) {
  const [count, setCount] = useState(1);
  const put = async (open: OpenLayout | null): Promise<void> => {
    await controller.actions.setMode('edit');
    if (open?.mode.getSnapshot().mode === 'edit') open.workspace.add(widget, undefined, count);
  };
  const into = async (open: OpenLayout): Promise<void> => {
    await controller.go(pathOf(open));
    await put(open);
  };
  const intoNew = async (): Promise<void> => {
    await controller.actions.newLayout();
    await put(controller.active);
  };
  const layouts: MenuItem[] = [...controller.layouts()]
    .filter(({ session }) => session.state.mayEdit)
    .map((open) => ({ label: open.session.state.content.title, run: () => void into(open) }));
  return (
    <div className="market-add">
      {several ? <HowMany count={count} choose={setCount} /> : null}
      <Menu
        label={i18n.t('Add {title} to a layout', { title: widget.title })}
        className={several ? 'button primary' : 'button small'}
        align="end"
        button={i18n.t('Add')}
        items={[
          ...layouts,
          ...(layouts.length > 0 ? ['separator' as const] : []),
          { label: i18n.t('A new layout'), run: () => void intoNew() },
        ]}
      />
    </div>
  );
}
