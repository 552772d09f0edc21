/** What Express takes to send an object, for the registry to be measured beside: the one in the file that ANSWER names, to whatever is asked. Run by Node as it stands. */
import { readFileSync } from 'node:fs';
import express from 'express';

const { PORT, ANSWER = '' } = process.env;
const answer: unknown = JSON.parse(readFileSync(ANSWER, 'utf8'));

const app = express();
app.disable('x-powered-by');
app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));
app.use((_, response) => void response.json(answer));
app.listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
