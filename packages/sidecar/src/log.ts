/** One JSON line for each thing that happened, in words that a team understands; the same thing again and again is one line. */
export interface Log {
  info(text: string, fields?: Record<string, unknown>): void;
  warn(text: string, fields?: Record<string, unknown>): void;
  error(text: string, fields?: Record<string, unknown>): void;
}

export function createLog(write: (line: string) => void, now: () => Date): Log {
  let last = '';
  const line =
    (level: string) =>
    (text: string, fields: Record<string, unknown> = {}) => {
      const said = `${level} ${text}`;
      if (said === last) return;
      last = said;
      write(JSON.stringify({ time: now().toISOString(), level, msg: text, ...fields }));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
