import { createRoot } from 'react-dom/client';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/shell.css';
import '../styles/forced-colors.css';
import '../settings/settings.css';
import './workbench.css';
import type { Resolution } from '../remotes/resolution';
import { missingSupport } from '../remotes/support';
import { chooseTheme, startTheme } from '../shell/theme';
import { Bench } from './bench';
import { exercise } from './exercise';
import { watchTrouble } from './trouble';
import { Workbench } from './Workbench';

watchTrouble();
startTheme();

async function start(): Promise<void> {
  const page = document.getElementById('app');
  if (!page) throw new Error('the page has no #app');
  const missing = await missingSupport();
  if (missing.length > 0) {
    page.textContent = `This browser cannot run widgets: it lacks ${missing.join(', ')}. Chromium 138 or newer can.`;
    return;
  }
  const widget = (await (await fetch('/workbench/widget')).json()) as Resolution;
  document.title = `${widget.widget.title} on the workbench`;
  const stage = document.createElement('div');
  stage.className = 'bench-stage';
  const bench = new Bench(widget, stage);
  createRoot(page).render(<Workbench bench={bench} stage={stage} />);
  new EventSource('/workbench/events').addEventListener('shown', ({ data }) => data === widget.base || location.reload());
  if (location.search === '?check') await exercise(bench, stage, chooseTheme);
}

void start();
