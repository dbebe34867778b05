export type Series = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** What a scrape shows, in the text format of Prometheus. */
export function parseExposition(text: string): {
  readonly types: ReadonlyMap<string, string>;
  readonly series: readonly Series[];
} {
  const types = new Map<string, string>();
  const series: Series[] = [];
  for (const line of text.split('\n')) {
    const type = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (type !== null) types.set(type[1] ?? '', type[2] ?? '');
    const sample = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (sample === null) continue;
    const labels = (sample[2] ?? '').matchAll(/(\w+)="([^"]*)"/g);
    series.push({
      name: sample[1] ?? '',
      labels: Object.fromEntries([...labels].map(([, label = '', value = '']) => [label, value])),
      value: Number(sample[3]),
    });
  }
  return { types, series };
}

/** The value of the one series with these labels, undefined when there is none. */
export function valueOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  const found = parseExposition(text).series.filter(
    (each) => each.name === name && wanted.every(([label, value]) => each.labels[label] === value),
  );
  if (found.length > 1) throw new Error(`${found.length} series of ${name} match`);
  return found[0]?.value;
}
