/** What comes out of a printer: the pages of a PDF, as text. */
import type { Page } from 'playwright-core';
import { extractImages, extractText, getDocumentProxy } from 'unpdf';

/** Inches. */
export const PAPERS = { A4: { paperWidth: 8.27, paperHeight: 11.69 }, Letter: { paperWidth: 8.5, paperHeight: 11 } };

/** Prints the page as it is laid out right now. Answers with the file, and what stands on each of its pages. */
export async function printed(page: Page, paper: keyof typeof PAPERS): Promise<{ pdf: Buffer; pages: string[] }> {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.printToPDF', { ...PAPERS[paper], printBackground: true });
  await devtools.detach();
  const pdf = Buffer.from(data, 'base64');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  return { pdf, pages: text };
}

/** How much of the width of the first picture on the first page has something in colour: figures have, axes and their words have not. 0…1. */
export async function inColour(pdf: Buffer): Promise<number> {
  const [picture] = await extractImages(await getDocumentProxy(new Uint8Array(pdf)), 1);
  if (!picture) return 0;
  const { data, width, height, channels } = picture;
  const colourful = (x: number, y: number): boolean => {
    const at = (y * width + x) * channels;
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    return Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
  };
  const columns = Array.from({ length: width }, (_, x) => Array.from({ length: height }).some((_, y) => colourful(x, y)));
  return columns.filter(Boolean).length / width;
}
