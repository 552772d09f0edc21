/** What comes out of a printer: the pages of a PDF, as text. */
import type { Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';

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
