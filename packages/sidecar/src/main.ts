#!/usr/bin/env node
/** `datamesh-sidecar`: registers the pod's widget. `probe startup|ready|live` and `drain` ask the one that runs in the same pod. */
import { ConfigError } from '@datamesh/service';
import { healthPortOf, readConfig } from './config';
import { probes, startHealth } from './health';
import { call, reasonOf } from './http';
import { createKubernetes } from './kubernetes';
import { createLog } from './log';
import { publishApart } from './publish-apart';
import { Sidecar } from './sidecar';
import { createWidgetSource } from './widget-source';

/** Milliseconds that preStop waits for the registry to know; the pod's grace period bounds it as well. */
const drainTimeout = 10_000;

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(
    (line) => process.stdout.write(`${line}\n`),
    () => new Date(),
  );
  const sidecar = new Sidecar({
    config,
    source: createWidgetSource(config.widget),
    kubernetes: createKubernetes(config.kubernetes, config.pod),
    publish: publishApart,
    log,
    random: Math.random,
  });
  const health = await startHealth(sidecar, config.healthPort, config.healthHost);
  const end = () => {
    void sidecar.stop().finally(() => {
      health.close();
      process.exit(0);
    });
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  await sidecar.run();
}

/** Exit code 0 for yes. */
async function ask(method: 'GET' | 'POST', path: string, timeout: number): Promise<number> {
  const url = `http://127.0.0.1:${healthPortOf(process.env)}/${path}`;
  const answer = await call({ url, method, timeout }).catch((error: unknown) => reasonOf(error));
  if (typeof answer !== 'string' && answer.status < 300) return 0;
  process.stderr.write(`${path}: ${typeof answer === 'string' ? answer : answer.status}\n`);
  return 1;
}

async function command([name, argument]: readonly string[]): Promise<void> {
  if (name === undefined || name === 'run') return run();
  const probe = probes.find((known) => known === argument);
  if (name === 'drain') process.exitCode = await ask('POST', 'drain', drainTimeout);
  else if (name === 'probe' && probe) process.exitCode = await ask('GET', probe, 2000);
  else {
    process.stderr.write('datamesh-sidecar [run] | probe startup|ready|live | drain\n');
    process.exitCode = 2;
  }
}

command(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
