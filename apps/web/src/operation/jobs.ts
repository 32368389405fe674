import type { ListAnswer } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { agoText, durationText, dueText, secondsBetween } from '../format/span';
import type { Tone } from '../shell/state_badge';

/** A row of `jobs.job`; what has not happened yet is empty. */
export interface Job {
  id: number;
  title: string;
  rhythm: string;
  state: string;
  due_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  /** The server that has it now; also of one that was paused while it ran. */
  owner: string | null;
  heartbeat_at: string | null;
  progress: string | null;
  runs: number;
  failures: number;
  failed_in_a_row: number;
  failed_at: string | null;
  last_failure: string | null;
}

/** A row of `jobs.delivery`. */
export interface Delivery {
  id: number;
  handler: string;
  event: string;
  created_at: string;
  due_at: string | null;
  attempts: number;
  state: string;
  last_error: string | null;
}

export const jobFields: (keyof Job)[] = [
  'title', 'rhythm', 'state', 'due_at', 'started_at', 'finished_at', 'owner', 'heartbeat_at', 'progress', 'runs', 'failures', 'failed_in_a_row', 'failed_at', 'last_failure',
];
export const deliveryFields: (keyof Delivery)[] = ['handler', 'event', 'created_at', 'due_at', 'attempts', 'state', 'last_error'];

/** Another server takes a job over whose owner has been silent for this long. */
const silentSeconds = 60;

/** One thing that is said of a job: how it reads, and the instant behind it. */
export interface Told {
  text: string;
  at: string | null;
  tone?: Tone;
}

/** Those that fail come first; the others stay where they are while they run and rest. */
export function orderedJobs(jobs: Job[]): Job[] {
  return [...jobs].sort((left, right) => Number(right.failed_in_a_row > 0) - Number(left.failed_in_a_row > 0) || left.title.localeCompare(right.title));
}

export function isRunning(job: Job): boolean {
  return job.state === 'running' || Boolean(job.owner);
}

/** "Runs for 2 min", of a job that somebody has. */
export function nowText(job: Job, now: number): string {
  const since = job.started_at ? ` for ${durationText(Math.round(secondsBetween(job.started_at, now)))}` : '';
  return job.state === 'running' ? `Runs${since}` : `Runs${since}, then rests`;
}

export function signOfLife(job: Job, now: number): Told | null {
  if (!isRunning(job) || !job.heartbeat_at) return null;
  const isSilent = secondsBetween(job.heartbeat_at, now) > silentSeconds;
  return { text: `last sign of life ${agoText(job.heartbeat_at, now)}`, at: job.heartbeat_at, ...(isSilent ? { tone: 'bad' as const } : {}) };
}

export function nextRun(job: Job, now: number): Told {
  if (job.state === 'paused') return { text: 'Not before it is resumed', at: null };
  return job.due_at ? { text: dueText(job.due_at, now), at: job.due_at } : { text: 'Not known', at: null };
}

export function nextTry({ state, due_at }: Pick<Delivery, 'state' | 'due_at'>, now: number): Told {
  if (state !== 'waiting') return { text: 'Not before somebody tries again', at: null };
  return { text: due_at ? dueText(due_at, now) : 'now', at: due_at };
}

/** How it went when it last came to its end. */
export function lastRun(job: Job, now: number): Told {
  if (job.failed_in_a_row > 0) {
    const often = job.failed_in_a_row === 1 ? 'Failed' : `Failed ${job.failed_in_a_row} times in a row, last`;
    return { text: `${often}${job.failed_at ? ` ${agoText(job.failed_at, now)}` : ''}`, at: job.failed_at, tone: 'bad' };
  }
  if (!job.finished_at) return { text: 'Has not run yet', at: null };
  const took = !isRunning(job) && job.started_at ? `, in ${durationText(secondsBetween(job.started_at, job.finished_at))}` : '';
  return { text: `Went well ${agoText(job.finished_at, now)}${took}`, at: job.finished_at };
}

export function runsText({ runs, failures }: Pick<Job, 'runs' | 'failures'>): string {
  const counted = runs === 1 ? '1 run' : `${formatDecimal(String(runs))} runs`;
  return failures > 0 ? `${counted}, ${formatDecimal(String(failures))} failed` : counted;
}

/** The server's clock while this window shows its answer: the window's own may be wrong. */
export function serverNow(answer: Pick<ListAnswer, 'answered_at'> | undefined, arrivedAt: number, now: number): number {
  return answer?.answered_at ? answer.answered_at + Math.max(0, now - arrivedAt) : now;
}
