/** The tracker's own figures, by name with labels as Prometheus writes them; 0 for what it does not name yet. */
export async function readMetrics(url: string): Promise<(name: string) => number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const values = new Map(
    text.split('\n').flatMap((line): [string, number][] => {
      const [, name, value] = /^([a-z_]+(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
      return name && value ? [[name, Number(value)]] : [];
    }),
  );
  return (name) => values.get(name) ?? 0;
}
