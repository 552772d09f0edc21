/** A service of nothing but its process, for process.process.test.ts: what its stop does is its first argument. */
import { createServer } from 'node:http';
import { createLogger, startOrExit, stopOnSignal } from '../process';
import { Settings } from '../settings';

const stops = new Map<string, () => Promise<void>>([
  ['fails', () => Promise.reject(new Error('the store is gone'))],
  ['hangs', () => new Promise(() => undefined)],
]);

await startOrExit(
  'example',
  async () => {
    const settings = new Settings(process.env);
    const [port, grace] = [settings.port('PORT', 0), settings.grace()];
    const how = settings.oneOf('HOW', ['ends', 'fails', 'hangs', 'locked', 'unnamed']);
    if (how === 'locked') throw new Error('lock held\nby another');
    if (how === 'unnamed') throw 'no error at all';
    const logger = createLogger('example', 'info');
    const server = createServer();
    await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve));
    stopOnSignal({ logger, grace, stop: stops.get(how) ?? (() => Promise.resolve()) });
    logger.info('listening');
  },
  ({ message }) => (message.startsWith('lock held') ? 'another example is running' : undefined),
);
