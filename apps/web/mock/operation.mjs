// What an operator's page shows: readiness, and the metrics of a server that has worked for a while.
import { failing } from './jobs.mjs';

const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();

export function ready() {
  return {
    ready: true, writable: true, stopping: false, trouble: '', waiting: 0, outbox: 2, replica: { in_use: true, lag_seconds: 0.4, trouble: '' },
    backups: { last_good: ago(5), last_proven: ago(29), failed: 0, trouble: '' }, jobs: { failing: failing() },
    refused_modules: [{ name: 'warranty', reason: 'warranty.so was built for "tessera-0 gcc-11"; this server is "tessera-1 gcc-12". Rebuild it against this server’s SDK.' }],
  };
}

export function metrics() {
  return `# HELP tessera_http_requests_total Requests answered
# TYPE tessera_http_requests_total counter
tessera_http_requests_total{route="list",status="2xx"} 18240
tessera_http_requests_total{route="list",status="4xx"} 12
tessera_http_requests_total{route="change",status="2xx"} 4310
tessera_http_requests_total{route="change",status="5xx"} 3
tessera_http_requests_total{route="report",status="2xx"} 820
# HELP tessera_http_request_seconds From the header of a request to its answer
# TYPE tessera_http_request_seconds histogram
tessera_http_request_seconds_count{route="list"} 18252
tessera_http_request_seconds_sum{route="list"} 41.2
tessera_http_request_seconds_bucket{route="list",le="0.001"} 12000
tessera_http_request_seconds_bucket{route="list",le="+Inf"} 18252
tessera_http_request_seconds_count{route="change"} 4313
tessera_http_request_seconds_sum{route="change"} 18.3
tessera_http_request_seconds_count{route="report"} 820
tessera_http_request_seconds_sum{route="report"} 34.9
# HELP tessera_http_connections Connections open now
# TYPE tessera_http_connections gauge
tessera_http_connections 14
tessera_http_connections_refused_total 0
tessera_http_streams 9
tessera_commands_total 4310
tessera_commands_refused_total 96
tessera_commits_total 1180
tessera_commands_waiting 0
tessera_outbox_waiting 2
tessera_writable 1
process_resident_memory_bytes 187432960
tessera_replica_in_use 1
tessera_replica_lag_seconds 0.4
`;
}
