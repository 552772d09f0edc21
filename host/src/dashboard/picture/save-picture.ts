/** What is shown, as a PNG: light, as it stands on the screen, with its title and the time. */
import { i18n } from '../../language/i18n';
import { saveFile } from '../../layouts/exchange/save-file';
import { browserClock } from '../../layouts/ports';
import { lendTheme } from '../../ui/theme';
import { exactly } from '../../ui/times';
import { Sheets } from '../../workspace/paper/sheets';
import type { OpenDashboard } from '../open-dashboard';
import type { OpenLayout } from '../open-layout';
import { captured, NoCapture } from './element-capture';

/** Of the title above the layout; pixels of the page. */
const HEAD = { height: 44, inset: 14, title: 15, time: 12 };

/** Never rejects: what went wrong is told, with a way on. */
export async function savePicture(dashboard: OpenDashboard): Promise<void> {
  const { active, toasts } = dashboard;
  if (!active) return;
  const again = { label: i18n.t('Try again'), run: () => void savePicture(dashboard) };
  try {
    const { title } = active.session.state.content;
    saveFile(`${title}.png`, await pictureOf(active, title));
    toasts.show('good', i18n.t('“{title}” was saved as a picture.', { title }));
  } catch (cause) {
    const why = cause instanceof NoCapture ? cause.why : undefined;
    if (why === 'denied') toasts.show('info', i18n.t('No picture was made: the browser was not allowed to see this tab.'), again);
    else if (why === 'elsewhere')
      toasts.show('bad', i18n.t('No picture was made: something else than this tab was chosen. Choose this tab.'), again);
    else {
      console.error(cause);
      toasts.show('bad', i18n.t('The browser could not make a picture.'), again);
    }
  }
}

async function pictureOf({ element, workspace }: OpenLayout, title: string): Promise<Blob> {
  const { dataset } = document.documentElement;
  try {
    const frame = await captured(element, async () => {
      lendTheme('light');
      // What lies over the layout is no part of it (styles/shell.css).
      dataset['picture'] = '';
      await new Sheets(workspace.printable).drawn(browserClock);
    });
    return await png(frame, frame.width / element.clientWidth, title);
  } finally {
    delete dataset['picture'];
    lendTheme(null);
  }
}

/** `scale`: pixels of the picture for each of the page. */
async function png(frame: ImageBitmap, scale: number, title: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(frame.width, frame.height + Math.round(HEAD.height * scale));
  const paper = canvas.getContext('2d');
  if (!paper) throw new Error('there is no canvas to draw on');
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name);
  paper.fillStyle = token('--dm-bg');
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(frame, 0, canvas.height - frame.height);
  paper.scale(scale, scale);
  const width = canvas.width / scale;
  const middle = HEAD.height / 2;
  paper.textBaseline = 'middle';
  paper.fillStyle = token('--dm-fg-2');
  paper.font = `${HEAD.time}px ${token('--dm-font')}`;
  const time = exactly(new Date().toISOString());
  const taken = paper.measureText(time).width;
  const [start, end] = style.direction === 'rtl' ? [width - HEAD.inset, HEAD.inset] : [HEAD.inset, width - HEAD.inset];
  paper.textAlign = 'end';
  paper.direction = style.direction as CanvasDirection;
  paper.fillText(time, end, middle);
  paper.fillStyle = token('--dm-fg');
  paper.font = `600 ${HEAD.title}px ${token('--dm-font')}`;
  paper.textAlign = 'start';
  paper.fillText(shortened(paper, title, width - taken - 3 * HEAD.inset), start, middle);
  return await canvas.convertToBlob({ type: 'image/png' });
}

/** As much of a text as there is room for. */
function shortened(paper: OffscreenCanvasRenderingContext2D, text: string, room: number): string {
  const letters = [...text];
  if (paper.measureText(text).width <= room) return text;
  while (letters.length > 0 && paper.measureText(`${letters.join('')}…`).width > room) letters.pop();
  return `${letters.join('')}…`;
}
