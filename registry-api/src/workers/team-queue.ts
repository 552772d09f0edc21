/** Who may work when: so many at once, and of one team so many, so that others always find room. */
export type TeamQueue = <T>(team: string, work: () => Promise<T>) => Promise<T>;

/** The longest waiting team that may, goes next. */
export function createTeamQueue(most: number, maxOfOne: number): TeamQueue {
  const running = new Map<string, number>();
  const waiting: { team: string; go(): void }[] = [];
  let all = 0;

  const mayRun = (team: string): boolean => all < most && (running.get(team) ?? 0) < maxOfOne;

  function begin(team: string): void {
    all += 1;
    running.set(team, (running.get(team) ?? 0) + 1);
  }

  function end(team: string): void {
    all -= 1;
    const left = (running.get(team) ?? 1) - 1;
    if (left > 0) running.set(team, left);
    else running.delete(team);
    const next = waiting.findIndex((one) => mayRun(one.team));
    if (next < 0) return;
    const [{ team: whose, go } = { team: '', go: () => {} }] = waiting.splice(next, 1);
    begin(whose);
    go();
  }

  return async (team, work) => {
    if (mayRun(team)) begin(team);
    else await new Promise<void>((go) => waiting.push({ team, go }));
    try {
      return await work();
    } finally {
      end(team);
    }
  };
}
