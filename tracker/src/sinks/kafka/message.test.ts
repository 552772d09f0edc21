import fc from 'fast-check';
import { expect, it } from 'vitest';
import schema from '../../../pinot/schema.json';
import type { StoredEvent } from '../../events/event';
import { storedEvent } from '../../testing/golden/events';
import { messageValue } from './message';

const absent = new Map(schema.dimensionFieldSpecs.map(({ name, defaultNullValue }) => [name, defaultNullValue]));

it('is, with the defaults of the table in place of what is left out, the event again', () => {
  const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 20 }));
  const number = fc.option(fc.nat());
  const props = fc.option(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string(), { minKeys: 1 }));
  fc.assert(
    fc.property(fc.record({ path: text, country: text, dwell_ms: number, dropped: number }), props, (fields, properties) => {
      const event = storedEvent({ ts: 1, ...fields, props: properties && JSON.stringify(properties) });
      const message = JSON.parse(messageValue(event).toString()) as Partial<StoredEvent> & { prop_keys?: string[] };
      for (const [name, value] of Object.entries(event))
        expect(message[name as keyof StoredEvent] ?? absent.get(name)).toBe(value ?? (typeof absent.get(name) === 'number' ? -1 : ''));
      expect(message.prop_keys).toEqual(properties ? Object.keys(properties) : undefined);
    }),
  );
});

it('is none of an event whose properties are no object: Pinot would drop it without a word', () => {
  for (const props of ['[1]', '"a"', 'null', 'nothing']) expect(() => messageValue(storedEvent({ ts: 1, props }))).toThrow();
});
