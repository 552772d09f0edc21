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
import { startLanguage } from '../../language/language';
import { startTheme } from '../../ui/theme';
import { Gallery } from './Gallery';

const page = document.getElementById('app');
if (!page) throw new Error('the page has no #app');
startTheme();
await startLanguage();
createRoot(page).render(<Gallery />);
