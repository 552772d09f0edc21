/** Milliseconds since the epoch; injected wherever logic depends on time. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export const isoTime = (clock: Clock): string => new Date(clock()).toISOString();
