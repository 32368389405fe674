import { expect, test } from 'vitest';
import { routesFrom, samplesFrom, valueOf } from './metrics';

const text = `# HELP tessera_http_requests_total Requests answered
tessera_http_requests_total{route="list",status="2xx"} 18
tessera_http_requests_total{route="list",status="5xx"} 2
tessera_http_requests_total{route="report",status="2xx"} 1
tessera_http_request_seconds_count{route="list"} 20
tessera_http_request_seconds_sum{route="list"} 0.5
tessera_http_request_seconds_bucket{route="list",le="+Inf"} 20
odd{path="a \\"b\\" c, d=\\"e\\""} 1e3
tessera_outbox_waiting 2
`;

test('metrics: samples are read with their labels, comments are left out', () => {
  const samples = samplesFrom(text);
  expect(valueOf(samples, 'tessera_outbox_waiting')).toBe(2);
  expect(valueOf(samples, 'tessera_replica_in_use')).toBeNull();
  expect(samples.find((sample) => sample.name === 'odd')).toEqual({ name: 'odd', labels: { path: 'a "b" c, d="e"' }, value: 1000 });
});

test('metrics: each route says how much it answered, what failed and how long it took', () => {
  expect(routesFrom(samplesFrom(text))).toEqual([
    { route: 'list', answered: 20, failed: 2, meanMs: 25 },
    { route: 'report', answered: 1, failed: 0, meanMs: null },
  ]);
});
