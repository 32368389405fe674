import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMay } from '../access/session';
import { useCatalogue } from '../api/catalogue';
import { formatDecimal } from '../format/decimal';
import { bytesText } from '../format/size';
import { durationText, secondsBetween } from '../format/span';
import { humanised } from '../format/value_text';
import { Page, Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import type { Tone } from '../shell/state_badge';
import { routesFrom, samplesFrom, valueOf, type Sample } from './metrics';
import './operation.css';

interface Readiness {
  ready: boolean;
  writable: boolean;
  stopping: boolean;
  trouble: string;
  waiting: number;
  outbox: number;
  replica?: { in_use: boolean; lag_seconds: number; trouble: string };
  /** Of a server that makes backups; an instant that is empty: none yet. */
  backups?: { last_good: string; last_proven: string; failed: number; trouble: string };
  /** "Prove the books: To have sound books, …", of each job whose last try failed. */
  jobs?: { failing: string[] };
  refused_modules: { name: string; reason: string }[];
}

const refreshMs = 5_000;

// A server that is not ready says so with 503 and the same document.
const readinessQuery = {
  queryKey: ['readiness'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await (await fetch('/readyz', { signal })).json()) as Readiness,
  refetchInterval: refreshMs,
};

const metricsQuery = {
  queryKey: ['metrics'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => samplesFrom(await (await fetch('/metrics', { signal })).text()),
  refetchInterval: refreshMs,
};

/** How the server is, for who operates it; read again every few seconds. */
export default function SystemPage() {
  const readiness = useQuery(readinessQuery);
  const metrics = useQuery(metricsQuery);
  const samples = metrics.data ?? [];
  return (
    <Page title="System" badge={readiness.data && <Verdict readiness={readiness.data} />} actions={<a className="plain-link" href="/metrics">Metrics as text</a>}>
      <ProblemAlert error={readiness.error ?? metrics.error} title="The server does not answer" />
      <FailingJobs sentences={readiness.data?.jobs?.failing ?? []} />
      {readiness.data && <Parts readiness={readiness.data} samples={samples} />}
      <div className="system">
        {metrics.data && <Requests samples={samples} />}
        {readiness.data && <Modules readiness={readiness.data} />}
      </div>
    </Page>
  );
}

function Verdict({ readiness: { ready, refused_modules, jobs } }: { readiness: Readiness }) {
  const lacks = [...(refused_modules.length > 0 ? ['not with all modules'] : []), ...(jobs?.failing.length ? ['not with all jobs'] : [])];
  const text = !ready ? 'Not ready' : lacks.length === 0 ? 'Everything works' : `Works, but ${lacks.join(' and ')}`;
  return <span className="state" role="status" data-tone={!ready ? 'bad' : lacks.length === 0 ? 'good' : 'warn'}>{text}</span>;
}

function FailingJobs({ sentences }: { sentences: string[] }) {
  const mayManage = useMay('jobs.manage');
  if (sentences.length === 0) return null;
  return (
    <section className="panel system-jobs" aria-label="Jobs that fail">
      <h2>{sentences.length === 1 ? 'A job fails' : `${sentences.length} jobs fail`}</h2>
      <ul>{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      {mayManage && <Link className="plain-link" to="/jobs">All jobs</Link>}
    </section>
  );
}

function Parts({ readiness, samples }: { readiness: Readiness; samples: Sample[] }) {
  const figure = (name: string) => valueOf(samples, name) ?? 0;
  const count = (value: number) => formatDecimal(String(value));
  const { replica } = readiness;
  return (
    <ul className="system-parts">
      <Part name="Database" tone={readiness.writable ? 'good' : 'bad'} value={readiness.writable ? 'Takes changes' : 'Takes no changes'}>
        {readiness.trouble || (readiness.stopping ? 'The server is stopping.' : `${count(figure('tessera_commits_total'))} durable commits since it was started`)}
      </Part>
      <Part name="Writer" tone={readiness.waiting > 100 ? 'warn' : 'good'} value={readiness.waiting === 0 ? 'Nothing waits' : `${count(readiness.waiting)} wait`}>
        {count(figure('tessera_commands_total'))} commands, {count(figure('tessera_commands_refused_total'))} refused
      </Part>
      <Part name="Outbox" tone={readiness.outbox > 100 ? 'warn' : 'good'} value={readiness.outbox === 0 ? 'Nothing waits' : `${count(readiness.outbox)} wait`}>
        Events that are still to be delivered
      </Part>
      <Part name="Connections" tone={figure('tessera_http_connections_refused_total') > 0 ? 'warn' : 'good'} value={count(figure('tessera_http_connections'))}>
        {count(figure('tessera_http_streams'))} follow changes, {count(figure('tessera_http_connections_refused_total'))} refused
      </Part>
      <Part name="Memory" tone="good" value={bytesText(figure('process_resident_memory_bytes'))}>Of this server</Part>
      {readiness.backups && <Backups backups={readiness.backups} />}
      {replica && (
        <Part name="Replica" tone={replica.in_use ? 'good' : 'warn'} value={replica.in_use ? 'In use' : 'Not used'}>
          {replica.trouble || (replica.lag_seconds > 0 ? `${durationText(replica.lag_seconds)} behind` : 'Lacks nothing')}
        </Part>
      )}
    </ul>
  );
}

const freshSeconds = 26 * 3_600;

function Backups({ backups: { last_good, last_proven, trouble } }: { backups: NonNullable<Readiness['backups']> }) {
  const age = secondsBetween(last_good, Date.now());
  const proven = last_proven ? `The newest that was restored for a proof is ${durationText(secondsBetween(last_proven, Date.now()))} old` : 'None was restored for a proof since the start';
  return (
    <Part name="Backups" tone={last_good === '' || trouble ? 'bad' : age > freshSeconds ? 'warn' : 'good'} value={last_good ? `${durationText(age)} old` : 'None yet'}>
      {trouble || proven}
    </Part>
  );
}

function Part({ name, tone, value, children }: { name: string; tone: Tone; value: string; children: ReactNode }) {
  return (
    <li className="panel system-part" data-tone={tone}>
      <h2>{name}</h2>
      <b>{value}</b>
      <span className="soft">{children}</span>
    </li>
  );
}

function Requests({ samples }: { samples: Sample[] }) {
  const routes = routesFrom(samples).sort((left, right) => right.answered - left.answered);
  return (
    <Panel title="Requests since it was started">
      <table className="plain-table">
        <thead><tr><th scope="col">Of</th><th scope="col" className="number">Answered</th><th scope="col" className="number">Failed</th><th scope="col" className="number">On average</th></tr></thead>
        <tbody>
          {routes.map((route) => (
            <tr key={route.route}>
              <td>{humanised(route.route)}</td>
              <td className="number">{formatDecimal(String(route.answered))}</td>
              <td className="number">{route.failed > 0 ? <span className="state" data-tone="bad">{formatDecimal(String(route.failed))}</span> : <span className="soft">0</span>}</td>
              <td className="number">{route.meanMs === null ? '' : `${route.meanMs.toFixed(1)} ms`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Modules({ readiness }: { readiness: Readiness }) {
  const { modules } = useCatalogue().document;
  return (
    <Panel title="Modules">
      <table className="plain-table">
        <thead><tr><th scope="col">Module</th><th scope="col">Version</th><th scope="col">State</th></tr></thead>
        <tbody>
          {readiness.refused_modules.map((module) => (
            <tr key={module.name}><td>{module.name}<p className="system-reason">{module.reason}</p></td><td /><td><span className="state" data-tone="bad">Refused</span></td></tr>
          ))}
          {modules.map((module) => (
            <tr key={module.name}><td>{module.title}</td><td>{module.version}</td><td><span className="state" data-tone="good">Loaded</span></td></tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
