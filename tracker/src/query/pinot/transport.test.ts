import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../http/problem';
import { answerOf, type Broker, startBroker } from '../../testing/misbehaving-broker';
import { PinotError } from './errors';
import { Transport, type TransportOptions } from './transport';

const QUERY = 'SELECT 1 FROM "events" LIMIT 1';
const open: (() => unknown)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of open.splice(0)) await close();
});

async function broker(...[answer]: Parameters<typeof startBroker>): Promise<Broker> {
  const started = await startBroker(answer);
  open.push(() => started.close());
  return started;
}

function transport(brokers: readonly string[], more: Partial<TransportOptions> = {}): Transport {
  const made = new Transport({ brokers, table: 'events', timeoutMs: 10_000, ...more });
  open.push(() => made.close());
  return made;
}

/** One broker that always answers with this. */
async function answering(body: string, status = 200, headers: Record<string, string> = {}): Promise<Transport> {
  const { address } = await broker((response) => response.writeHead(status, headers).end(body));
  return transport([address]);
}

const ask = (transport: Transport, signal = new AbortController().signal) => transport.ask(QUERY, signal);

/** The kind of error and what the log gets to know. */
async function failure(asking: Promise<unknown>): Promise<{ kind: string; said: string }> {
  const error = await asking.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PinotError);
  expect(error).toBeInstanceOf(ProblemError);
  const { kind, said } = error as PinotError;
  return { kind, said };
}

/** The failure of a question whose time is up once a broker has heard of it, and no sooner. */
async function outOfTime(asking: Transport, { requests }: Broker): Promise<{ kind: string; said: string }> {
  const time = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(time.signal);
  const failed = failure(ask(asking));
  await expect.poll(() => requests).toHaveLength(1);
  time.abort(new DOMException('The time is up', 'TimeoutError'));
  return failed;
}

/** An address that refuses connections. */
async function deadAddress(): Promise<string> {
  const gone = await startBroker(() => undefined);
  await gone.close();
  return gone.address;
}

describe('a question to Pinot', () => {
  it('brings its rows, and says who asks and how it is to be answered', async () => {
    const { address, requests } = await broker((response) => response.end(answerOf([[1, 'a', null, true, ['x']]])));
    const answer = await ask(transport([address], { token: 'Basic dXNlcjpwYXNz' }));
    expect(answer).toEqual({ rows: [[1, 'a', null, true, ['x']]], groupsLeftOut: false, missing: [] });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/query/sql', body: { sql: QUERY } });
    expect(requests[0]?.headers.authorization).toBe('Basic dXNlcjpwYXNz');
    expect(requests[0]?.body.queryOptions).toMatch(
      /(^|;)enableNullHandling=false;useMultistageEngine=false;.*;timeoutMs=10000;clientQueryId=[0-9a-f-]{36}$/,
    );
  });

  it('has no authorization without a token', async () => {
    const { address, requests } = await broker((response) => response.end(answerOf([])));
    await ask(transport([`http://${address}/`]));
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('loses no digit of a whole number of 64 bits', async () => {
    const numbers = '[[9223372036854775807,-9223372036854775808,9007199254740993,9007199254740991,1.5E18,0.1,"9223372036854775807"]]';
    const transport = await answering(answerOf([]).replace('"rows":[]', `"rows":${numbers}`));
    const [row] = (await ask(transport)).rows;
    expect(row).toEqual([
      9223372036854775807n,
      -9223372036854775808n,
      9007199254740993n,
      9007199254740991,
      1.5e18,
      0.1,
      '9223372036854775807',
    ]);
  });

  it('is answered without rows where the table has no data yet', async () => {
    const transport = await answering(answerOf(null, { numServersQueried: 0, numServersResponded: 0 }));
    expect((await ask(transport)).rows).toEqual([]);
  });
});

describe('an answer that is not whole', () => {
  it('comes with what is missing when servers did not respond', async () => {
    const transport = await answering(
      answerOf([[7]], {
        numServersQueried: 3,
        numServersResponded: 2,
        exceptions: [{ errorCode: 427, message: 'ServerNotResponding:\n1 servers [s3] not responded' }],
      }),
    );
    expect(await ask(transport)).toEqual({
      rows: [[7]],
      groupsLeftOut: false,
      missing: [
        { code: 'silent_servers', silent: 1, servers: 3, text: '1 of 3 servers of the store did not answer' },
        { code: 'store_error', error: 'ServerNotResponding (427)', text: 'the store reports ServerNotResponding (427)' },
      ],
    });
  });

  it('keeps the rows beside exceptions', async () => {
    const transport = await answering(answerOf([[7]], { exceptions: [{ errorCode: 305, message: '2 segments unavailable: [a, b]' }] }));
    expect(await ask(transport)).toEqual({
      rows: [[7]],
      groupsLeftOut: false,
      missing: [{ code: 'store_error', error: 'error (305)', text: 'the store reports error (305)' }],
    });
  });

  it('tells that groups were left out, in the words of either version', async () => {
    expect(await ask(await answering(answerOf([[7]], { numGroupsLimitReached: true, partialResult: true })))).toEqual({
      rows: [[7]],
      groupsLeftOut: true,
      missing: [],
    });
    expect((await ask(await answering(answerOf([[7]], { groupsTrimmed: true })))).groupsLeftOut).toBe(true);
  });

  it('believes Pinot when it calls the answer partial for a reason of its own', async () => {
    const transport = await answering(answerOf([[7]], { partialResult: true }));
    expect((await ask(transport)).missing).toEqual([{ code: 'store_partial', text: 'the store calls its answer partial' }]);
  });

  it('is whole without a field `exceptions`', async () => {
    const transport = await answering(answerOf([[7]], { exceptions: undefined }));
    expect(await ask(transport)).toEqual({ rows: [[7]], groupsLeftOut: false, missing: [] });
  });

  it('is no answer when no server responded: its zeros would look like the truth', async () => {
    const transport = await answering(answerOf([[0]], { numServersQueried: 2, numServersResponded: 0 }));
    expect((await failure(ask(transport))).kind).toBe('pinot_busy');
  });
});

describe('an error', () => {
  const exceptional = (errorCode: number, message: string) =>
    answering(answerOf(null, { exceptions: [{ errorCode, message }], numServersQueried: 1 }));

  it('keeps its kind and what Pinot said, whatever pinot-client makes of it', async () => {
    expect(await failure(ask(await exceptional(710, 'UnknownColumnError: bad')))).toEqual({
      kind: 'pinot_query_failed',
      said: '710 UnknownColumnError: bad',
    });
    expect((await failure(ask(await exceptional(250, 'ExecutionTimeoutError')))).kind).toBe('query_timeout');
    expect((await failure(ask(await exceptional(400, 'BrokerTimeoutError')))).kind).toBe('query_timeout');
    expect((await failure(ask(await exceptional(410, 'BrokerResourceMissingError')))).kind).toBe('pinot_busy');
  });

  it('says the status of a page for people', async () => {
    const transport = await answering('<html>Log in</html>', 401, { 'content-type': 'text/html' });
    expect(await failure(ask(transport))).toEqual({ kind: 'pinot_refused', said: 'HTTP 401: <html>Log in</html>' });
  });

  it('follows no redirect, which would be to a sign-in', async () => {
    const elsewhere = await broker((response) => response.end(answerOf([[1]])));
    const transport = await answering('', 302, { location: `http://${elsewhere.address}/` });
    expect((await failure(ask(transport))).kind).toBe('pinot_refused');
    expect(elsewhere.requests).toEqual([]);
  });

  it('tells what is no Pinot from a Pinot that fails', async () => {
    for (const body of ['<html>hello</html>', '', '[]', 'null', '"x"', '{}{}', answerOf(null)])
      expect((await failure(ask(await answering(body)))).kind, body).toBe('pinot_bad_answer');
  });

  it('never shows a person what Pinot said', async () => {
    const error = await ask(await exceptional(200, 'QueryExecutionError: java.lang.NullPointerException')).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as ProblemError).detail).not.toContain('java');
    expect((error as ProblemError).status).toBe(502);
  });
});

describe('time', () => {
  it('is up for a broker that never answers, which is told to stop as well', async () => {
    const silent = await broker((response, { method }) => method === 'DELETE' && response.end('{}'));
    const { address, requests } = silent;
    const error = await outOfTime(transport([address], { timeoutMs: 50 }), silent);
    expect(error).toEqual({ kind: 'query_timeout', said: 'no answer within 50 ms' });
    const id = /clientQueryId=(.*)$/.exec(requests[0]?.body.queryOptions ?? '')?.[1];
    await expect.poll(() => requests[1]).toMatchObject({ method: 'DELETE', url: `/query/${id}?client=true` });
  });

  it('is up by the clock, also before a broker has heard of it', async () => {
    const { address } = await broker(() => undefined);
    expect((await failure(ask(transport([address], { timeoutMs: 50 })))).kind).toBe('query_timeout');
  });

  it('is up for one that stops in the middle of its answer', async () => {
    const stopping = await broker((response) => response.writeHead(200).write('{"resultTable":'));
    expect((await outOfTime(transport([stopping.address]), stopping)).kind).toBe('query_timeout');
  });

  it('ends with whoever asked, with their reason, and Pinot is told, with the same token', async () => {
    const { address, requests } = await broker((response, { method }) => method === 'DELETE' && response.writeHead(404).end());
    const gone = new AbortController();
    const asking = ask(transport([address], { token: 'Bearer t' }), gone.signal);
    await expect.poll(() => requests).toHaveLength(1);
    const reason = new Error('the page was closed');
    gone.abort(reason);
    await expect(asking).rejects.toBe(reason);
    await expect.poll(() => requests[1]).toMatchObject({ method: 'DELETE' });
    expect(requests[1]?.headers.authorization).toBe('Bearer t');
  });

  it('is not spent on a question that nobody waits for any more', async () => {
    const { address, requests } = await broker((response) => response.end(answerOf([[1]])));
    const reason = new Error('gone before');
    await expect(ask(transport([address]), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(requests).toEqual([]);
  });

  it('ends with the tracker', async () => {
    const { address, requests } = await broker(() => undefined);
    const closing = transport([address]);
    const asking = failure(ask(closing));
    await expect.poll(() => requests).toHaveLength(1);
    closing.close();
    expect((await asking).said).toBe('the tracker is stopping');
  });
});

describe('several brokers', () => {
  it('are asked in turn', async () => {
    const brokers = await Promise.all([1, 2, 3].map((each) => broker((response) => response.end(answerOf([[each]])))));
    const all = transport(brokers.map(({ address }) => address));
    for (let question = 0; question < 6; question++) await ask(all);
    expect(brokers.map(({ requests }) => requests.length)).toEqual([2, 2, 2]);
  });

  it('stand in for one that refuses connections, which is then asked last for a while', async () => {
    const alive = await broker((response) => response.end(answerOf([[1]])));
    const dead = await deadAddress();
    let clock = 0;
    const both = transport([dead, alive.address], { now: () => clock });
    for (let question = 0; question < 4; question++) expect((await ask(both)).rows).toEqual([[1]]);
    expect(alive.requests).toHaveLength(4);
    clock += 60_000;
    expect((await ask(both)).rows).toEqual([[1]]);
  });

  it('stand in for one that breaks off, and for one that is stopping', async () => {
    const alive = await broker((response) => response.end(answerOf([[1]])));
    const breaks = await broker((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"resultTable":');
      setImmediate(() => response.destroy());
    });
    const stops = await broker((response) => response.writeHead(503).end('stopping'));
    const three = transport([breaks.address, stops.address, alive.address]);
    expect((await ask(three)).rows).toEqual([[1]]);
    expect(stops.requests).toHaveLength(1);
  });

  it('are no help against a query that is wrong, or late', async () => {
    const wrong = await broker((response) =>
      response.end(answerOf(null, { exceptions: [{ errorCode: 150, message: 'SQLParsingError' }] })),
    );
    const alive = await broker((response) => response.end(answerOf([[1]])));
    expect((await failure(ask(transport([wrong.address, alive.address])))).kind).toBe('pinot_query_failed');
    const hangs = await broker(() => undefined);
    expect((await outOfTime(transport([hangs.address, alive.address]), hangs)).kind).toBe('query_timeout');
    expect(alive.requests).toEqual([]);
  });

  it('that all refuse are an outage', async () => {
    const error = await failure(ask(transport([await deadAddress(), await deadAddress()])));
    expect(error.kind).toBe('pinot_unreachable');
    expect(error.said).toContain('ECONNREFUSED');
  });

  it('a single one is asked again when it closed the connection just then', async () => {
    let first = true;
    const { address, requests } = await broker((response) => {
      if (first) response.destroy();
      else response.end(answerOf([[1]]));
      first = false;
    });
    expect((await ask(transport([address]))).rows).toEqual([[1]]);
    expect(requests).toHaveLength(2);
  });
});
