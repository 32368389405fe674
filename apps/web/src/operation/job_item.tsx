import { transitionsFrom } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { TransitionButtons } from '../form/transition_buttons';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { isRunning, lastRun, nextRun, nowText, runsText, signOfLife, type Job } from './jobs';
import { Moment } from './moment';

const doneTexts: Record<string, string> = { run: 'runs as soon as it can', pause: 'rests', resume: 'goes on' };

export function JobItem({ entity, job, now }: { entity: Entity; job: Job; now: number }) {
  const isFailing = job.failed_in_a_row > 0;
  return (
    <li className="work-item" data-tone={isFailing ? 'bad' : undefined}>
      <div>
        <div className="work-head">
          <h3><Link className="plain-link" to={recordAddress(entity, job.id)}>{job.title}</Link></h3>
          <StateBadge entity={entity} state={job.state} />
          {isFailing && <span className="state" data-tone="bad">Fails</span>}
        </div>
        {isRunning(job) ? <Now job={job} now={now} /> : <div className="soft">{job.progress && !isFailing ? `Last said: ${job.progress}` : ''}</div>}
      </div>
      <dl className="work-facts">
        <div><dt>Next</dt><dd><Moment told={nextRun(job, now)} /><div className="soft">{job.rhythm}</div></dd></div>
        <div>
          <dt>Last</dt>
          <dd>
            <Moment told={lastRun(job, now)} />
            {isFailing && job.last_failure && <div className="work-trouble">{job.last_failure}</div>}
            <div className="soft">{runsText(job)}</div>
          </dd>
        </div>
      </dl>
      <TransitionButtons entity={entity} id={job.id} transitions={transitionsFrom(entity, job.state)} what={job.title} done={(transition) => `${job.title} ${doneTexts[transition.name] ?? 'is changed'}`} />
    </li>
  );
}

function Now({ job, now }: { job: Job; now: number }) {
  const sign = signOfLife(job, now);
  return (
    <>
      <div>{nowText(job, now)}{job.progress && <>: <b>{job.progress}</b></>}</div>
      <div className="soft">
        {job.owner && `on ${job.owner}`}{sign && <>, <span data-tone={sign.tone} className={sign.tone ? 'toned' : undefined} title={sign.at ?? undefined}>{sign.text}</span></>}
      </div>
    </>
  );
}
