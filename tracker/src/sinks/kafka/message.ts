/**
 * An event as a message: the StoredEvent as JSON without what is absent (null or ''), which is Pinot's default value of the column, and with
 * the names of its properties beside them, so that they can be counted without reading every object.
 */
import type { StoredEvent } from '../../events/event';

export function messageValue(event: StoredEvent): Buffer {
  const message: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) if (value !== null && value !== '') message[name] = value;
  if (event.props) message['prop_keys'] = propertyKeys(event.props);
  return Buffer.from(JSON.stringify(message));
}

function propertyKeys(props: string): string[] {
  const value: unknown = JSON.parse(props);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('props is not the text of an object');
  return Object.keys(value);
}
