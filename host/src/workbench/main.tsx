import { createRoot } from 'react-dom/client';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/shell.css';
import '../styles/forced-colors.css';
import '../settings/settings.css';
import './workbench.css';
import { startLanguage } from '../language/language';
import type { Resolution } from '../remotes/resolution';
import { Resolutions } from '../remotes/resolutions';
import { missingSupport } from '../remotes/support';
import { chooseTheme, startTheme } from '../ui/theme';
import { Bench } from './bench';
import { exercise } from './exercise';
import { addTrouble, watchTrouble } from './trouble';
import { Workbench } from './Workbench';

/** Where what is set stays over reloads. */
const KEPT = 'workbench.settings';

watchTrouble();
startTheme();

async function start(): Promise<void> {
  const page = document.getElementById('app');
  if (!page) throw new Error('the page has no #app');
  await startLanguage();
  const missing = await missingSupport();
  if (missing.length > 0) {
    page.textContent = `This browser cannot run widgets: it lacks ${missing.join(', ')}. Chromium 138 or newer can.`;
    return;
  }
  const widget = (await (await fetch('/workbench/widget')).json()) as Resolution;
  document.title = `${widget.widget.title} on the workbench`;
  const stage = document.createElement('div');
  stage.className = 'bench-stage';
  const resolutions = new Resolutions({ ask: async (specs) => specs.map((spec) => ({ ...widget, spec })) });
  const bench = new Bench(widget.widget, `${widget.name}@${widget.version}`, stage, {
    resolutions,
    settings: JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Record<string, unknown>,
    keepSettings: (settings) => sessionStorage.setItem(KEPT, JSON.stringify(settings)),
    failed: (detail) => addTrouble(`widget: ${detail}`),
  });
  createRoot(page).render(<Workbench bench={bench} widget={widget} stage={stage} />);
  new EventSource('/workbench/events').addEventListener('shown', ({ data }) => data === widget.base || location.reload());
  if (location.search === '?check') await exercise(bench, stage, chooseTheme);
}

void start();
