import type { WidgetSummary } from '@datamesh/contracts';
import { pastePanels } from '@datamesh/layout';
import { useState } from 'react';
import type { OpenLayout } from '../../dashboard/open-layout';
import { i18n } from '../../language/i18n';
import { LayoutPicture } from '../../library/LayoutPicture';
import { createPanel } from '../../workspace/create-panel';
import { useEveryWidget } from '../fitting/use-fitting';
import { choicesFor, describeFilling, type Filling, fill } from './filling';
import { slotName, TEMPLATES, type Template, titleOf } from './layout-templates';
import './templates.css';

/** Ways to begin a layout that is empty, with widgets that already talk to each other. */
export default function Templates({ open }: { open: OpenLayout }) {
  const every = useEveryWidget();
  if (!every) return null;
  const filled = TEMPLATES.filter((template) => fill(template, every) !== null);
  return (
    <section className="templates" aria-label={i18n.t('Templates')}>
      <h2>{i18n.t('Or begin with a template')}</h2>
      {filled.length === 0 ? (
        <p>{i18n.t('No two widgets of the marketplace fit together yet: none takes a context that another one gives.')}</p>
      ) : (
        <ul>
          {filled.map((template) => (
            <TemplateCard key={template.id} template={template} every={every} open={open} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TemplateCard({ template, every, open }: { template: Template; every: readonly WidgetSummary[]; open: OpenLayout }) {
  const [chosen, setChosen] = useState<Filling>({});
  const filling = fill(template, every, chosen);
  if (!filling) return null;
  const title = titleOf(template);
  const use = (): void => {
    const panels = Object.fromEntries(Object.entries(filling).map(([slot, widget]) => [slot, createPanel(widget)]));
    const { content, ids } = pastePanels(open.session.state.content, { tree: template.tree, panels }, { at: 'end' });
    open.session.edit(content, i18n.t('Begin with “{title}”', { title }));
    open.workspace.focusPanel(ids[0] ?? '');
    open.workspace.announce(
      i18n.t('{count, plural, one {{title}: # widget was added} other {{title}: # widgets were added}}', { title, count: ids.length }),
    );
  };
  return (
    <li className="template" aria-label={title}>
      <LayoutPicture tree={template.tree} />
      <h3>{title}</h3>
      {template.slots.map((slot) => (
        <label key={slot.id}>
          <span className="hidden-text">{`${title}: ${slotName(slot)}`}</span>
          <select
            className="input"
            value={filling[slot.id]?.name}
            onChange={({ target }) => {
              const widget = every.find(({ name }) => name === target.value);
              if (widget) setChosen({ ...filling, [slot.id]: widget });
            }}
          >
            {choicesFor(template, slot, filling, every).map((widget) => (
              <option key={widget.name} value={widget.name}>
                {widget.title}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p>{describeFilling(template, filling).join(' ')}</p>
      <button type="button" className="button" onClick={use}>
        {i18n.t('Use “{title}”', { title })}
      </button>
    </li>
  );
}
