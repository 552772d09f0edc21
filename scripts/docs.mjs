/** What the documents say against what is there: links, cited tests, environment variables; exit code 1 where they differ. */
import { missingTests } from './docs/citations.mjs';
import { documentsIn } from './docs/documents.mjs';
import { brokenLinks } from './docs/links.mjs';
import { unlikeSettings } from './docs/settings.mjs';
import { ROOT } from './setup/repository.mjs';

const wrong = [
  ...documentsIn(ROOT).flatMap((document) => [...brokenLinks(ROOT, document), ...missingTests(ROOT, document)]),
  ...unlikeSettings(ROOT),
];
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exit(1);
