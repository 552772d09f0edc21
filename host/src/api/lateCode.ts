import { type AskingPorts, keepAsking } from './keepAsking';
import { pause } from './pause';
import { unreachable } from './problem';

/** A part of the page's code that comes when it is first wanted. Where it does not come it is asked for again, for as long as it takes. */
export function lateCode<T>(load: () => Promise<T>, ports: AskingPorts = { wait: pause, random: Math.random }): Promise<T> {
  const fetched = async (): Promise<T> => {
    try {
      return await load();
    } catch (cause) {
      throw unreachable(cause);
    }
  };
  return keepAsking(fetched, () => undefined, ports, new AbortController().signal);
}
