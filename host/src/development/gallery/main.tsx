/** All components of the page, in all their states: /development/gallery, of `npm run dev` alone. e2e/journeys/gallery.e2e.ts looks at it. */
import '../follow';
import '../../styles/fonts.css';
import '../../styles/tokens.css';
import '../../styles/base.css';
import '../../styles/controls.css';
import '../../styles/shell.css';
import '../../styles/forced-colors.css';
import './gallery.css';
import { createRoot } from 'react-dom/client';
import { Dashboard } from '../../app/Dashboard';
import { startLanguage } from '../../language/language';
import { startTheme } from '../../ui/theme';
import { Gallery } from './Gallery';
import { openRoom } from './open-room';
import { ANSWERS } from './states';

const page = document.getElementById('app');
if (!page) throw new Error('the page has no #app');
startTheme();
await startLanguage();
const query = new URLSearchParams(location.search);
const path = query.get('room');
const root = createRoot(page);
if (path === null) {
  document.body.classList.add('gallery-page');
  root.render(<Gallery />);
} else {
  const answers = ANSWERS.find((one) => one === query.get('answers')) ?? 'examples';
  root.render(<Dashboard controller={await openRoom(path, answers, query.get('dialog'))} />);
}
