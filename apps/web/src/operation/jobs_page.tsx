import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import { apiPath, readList } from '../api/client';
import type { Entity } from '../api/contract';
import { listAddress } from '../shell/addresses';
import { Page, Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { Deliveries } from './deliveries';
import { JobItem } from './job_item';
import { jobFields, orderedJobs, serverNow, type Job } from './jobs';
import './operation.css';
import { useNow } from './ticking';

const refreshMs = 4_000;

/** The work that comes back by itself: what each job does now, when it is due, how it went; and the events that wait. */
export default function JobsPage() {
  const catalogue = useCatalogue();
  const jobs = catalogue.entity('jobs.job');
  const deliveries = catalogue.entity('jobs.delivery');
  if (!jobs) return <Page title="Jobs"><p className="soft">This server has no jobs, or none that you may see.</p></Page>;
  return <Jobs entity={jobs} deliveries={deliveries} />;
}

function Jobs({ entity, deliveries }: { entity: Entity; deliveries: Entity | undefined }) {
  const query = new URLSearchParams({ limit: '200', fields: jobFields.join(',') });
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => readList(`${apiPath(entity.path)}?${query}`, signal),
    refetchInterval: refreshMs,
  });
  const now = serverNow(data, dataUpdatedAt, useNow());
  const jobs = orderedJobs((data?.rows ?? []) as unknown as Job[]);
  return (
    <Page title="Jobs" badge={data && <Verdict jobs={jobs} />} help="Work that comes back by itself. What fails is tried again after 1, 2, 4 … minutes.">
      <ProblemAlert error={error} />
      {!data && !error && <Loader size="sm" role="status" aria-label="Loading" />}
      {data && (
        <Panel title="All jobs" actions={<Link className="plain-link" to={listAddress(entity)}>As a list</Link>}>
          <ul className="work-items">
            {jobs.map((job) => <JobItem key={job.id} entity={entity} job={job} now={now} />)}
          </ul>
        </Panel>
      )}
      {deliveries && <Deliveries entity={deliveries} now={now} refreshMs={refreshMs} />}
    </Page>
  );
}

function Verdict({ jobs }: { jobs: Job[] }) {
  const failing = jobs.filter((job) => job.failed_in_a_row > 0).length;
  const text = failing === 0 ? 'All go well' : failing === 1 ? '1 job fails' : `${failing} jobs fail`;
  return <span className="state" role="status" data-tone={failing === 0 ? 'good' : 'bad'}>{text}</span>;
}
