import { api, ask } from '../api/client';

const of = (name: string, channel: string) => ({ path: { name, channel } });

export const holdChannel = (name: string, channel: string, version: string, reason: string) =>
  ask(api.PUT('/widgets/{name}/channels/{channel}/hold', { params: of(name, channel), body: { version, reason } }));

/** `at`: of the hold that is meant; one that somebody put in its place meanwhile stays. */
export const liftHold = (name: string, channel: string, at: string) =>
  ask(api.DELETE('/widgets/{name}/channels/{channel}/hold', { params: { ...of(name, channel), query: { at } } }));
