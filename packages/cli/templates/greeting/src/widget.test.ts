import { fakeHost } from '@datamesh/widget-sdk/testing';
import { expect, it } from 'vitest';
import manifest from '../widget.json';
import Widget from './widget';

it('greets what was selected last', async () => {
  const host = fakeHost({ manifest, settings: { greeting: 'Good morning' } });
  const element = await host.mount(Widget);
  const text = () => element.shadowRoot?.querySelector('p')?.textContent?.trim();
  await expect.poll(text).toBe('Good morning, nobody yet');
  await host.say({ type: 'fdc3.instrument', name: 'Apple' });
  await expect.poll(text).toBe('Good morning, Apple');
  await host.change({ greeting: 'Hello' });
  await expect.poll(text).toBe('Hello, Apple');
  expect(host.errors).toEqual([]);
  host.unmount();
});
