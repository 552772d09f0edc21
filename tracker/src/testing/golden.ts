/**
 * Golden answers: small, hand-counted sites, and what every engine has to say about them. A suite for an engine calls
 * `goldenAnswers(name, open)`; `open` gets the log (with duplicates in it, and erasures after the events) and returns the engine once all of
 * it is visible. It is called once.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import type { Erasure, StoredEvent } from '../events/event';
import type { QueryEngine } from '../query/port';
import { clubEvents, visitsAnswers } from './golden/club';
import { erasedEvents, erasureAnswers, erasures } from './golden/erasure';
import { week } from './golden/events';
import { recordsAnswers, recordsEvents } from './golden/records';
import { textsAnswers, textsEvents } from './golden/texts';
import { seenAnswers, seenEvents } from './golden/visibility';
import { weekAnswers } from './golden/week';
import { widgetAnswers, widgetEvents } from './golden/widgets';
import { zoneAnswers, zoneEvents } from './golden/zones';

export { context, storedEvent } from './golden/events';

export interface OpenedEngine {
  engine: QueryEngine;
  close(): Promise<void>;
}

export function goldenAnswers(name: string, open: (events: StoredEvent[], erasures: Erasure[]) => Promise<OpenedEngine>): void {
  describe(`golden answers: ${name}`, () => {
    let opened: OpenedEngine;
    const engine = (): QueryEngine => opened.engine;
    beforeAll(async () => {
      const events = [
        week(),
        clubEvents(),
        widgetEvents(),
        recordsEvents(),
        textsEvents(),
        erasedEvents(),
        seenEvents(),
        zoneEvents(),
      ].flat();
      opened = await open(events, erasures());
    }, 120_000);
    afterAll(() => opened.close());

    describe('counts', () => weekAnswers(engine));
    describe('visits', () => visitsAnswers(engine));
    describe('widgets', () => widgetAnswers(engine));
    describe('records', () => recordsAnswers(engine));
    describe('texts of any kind', () => textsAnswers(engine));
    describe('what somebody may see', () => seenAnswers(engine));
    describe('zones', () => zoneAnswers(engine));
    describe('erasure', () => erasureAnswers(engine));
  });
}
