/** What the documents say against what is there: links, cited tests; exit code 1 where they differ. */
import { missingTests } from './docs/citations.ts';
import { documentsIn } from './docs/documents.ts';
import { brokenLinks } from './docs/links.ts';
import { ROOT } from './setup/repository.ts';

const wrong = documentsIn(ROOT).flatMap((document) => [...brokenLinks(ROOT, document), ...missingTests(ROOT, document)]);
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exit(1);
