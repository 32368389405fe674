/** One sample of the Prometheus text format: `tessera_http_requests_total{route="list",status="2xx"} 18`. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

export function samplesFrom(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const match = line.startsWith('#') ? null : sampleLine.exec(line);
    if (!match) return [];
    const labels = Object.fromEntries([...(match[2] ?? '').matchAll(label)].map(([, name = '', value = '']) => [name, value.replace(/\\(.)/g, '$1')]));
    return [{ name: match[1] ?? '', labels, value: Number(match[3]) }];
  });
}

/** The value of a metric without labels; null when the server does not tell it. */
export function valueOf(samples: Sample[], name: string): number | null {
  return samples.find((sample) => sample.name === name)?.value ?? null;
}

export interface RouteFigures {
  route: string;
  answered: number;
  /** Answers with a status of 500 or more. */
  failed: number;
  meanMs: number | null;
}

export function routesFrom(samples: Sample[]): RouteFigures[] {
  const requests = samples.filter((sample) => sample.name === 'tessera_http_requests_total');
  const timed = (suffix: string, route: string) => samples.find((sample) => sample.name === `tessera_http_request_seconds_${suffix}` && sample.labels['route'] === route)?.value ?? 0;
  return [...new Set(requests.map((sample) => sample.labels['route'] ?? ''))].map((route) => {
    const own = requests.filter((sample) => sample.labels['route'] === route);
    const total = (of: Sample[]) => of.reduce((sum, sample) => sum + sample.value, 0);
    const count = timed('count', route);
    return { route, answered: total(own), failed: total(own.filter((sample) => sample.labels['status'] === '5xx')), meanMs: count > 0 ? (timed('sum', route) / count) * 1_000 : null };
  });
}
