import type { Reference } from '../api/contract';

export interface Actor {
  permission: string;
  title: string;
}

export interface Stage {
  stage: string;
  promised: string | null;
  actual: string | null;
  days_late: number;
  measure: 'amount' | 'quantity';
  done: string;
  whole: string;
  complete: boolean;
}

export interface Cover {
  source: 'on_hand' | 'expected';
  quantity: string;
  on: string | null;
  document: string | null;
  entity: string | null;
  id: number | null;
}

export interface TrackedLine {
  order_line: number;
  line_number: number;
  product: Reference;
  description: string;
  promised: string | null;
  ordered: string;
  shipped: string;
  returned: string;
  invoiced: string;
  outstanding: string;
  covered_by: Cover[];
  missing: string;
  blocked_by: string | null;
  acts_next: Actor | null;
}

/** What GET …/orders/<id>/tracking answers. */
export interface Tracking {
  order: number;
  number: string | null;
  state: string;
  stage: string;
  promised: string | null;
  days_late: number;
  currency: string;
  total: string;
  blocked_by: string | null;
  acts_next: Actor | null;
  stages: Stage[];
  lines: TrackedLine[];
}

export type Progress = 'done' | 'begun' | 'late' | 'open';

/** How far a stage is: done, begun, late, or still to come. */
export function progressOf(stage: Stage): Progress {
  if (stage.complete) return 'done';
  if (stage.days_late > 0) return 'late';
  return Number(stage.done) > 0 ? 'begun' : 'open';
}

export function lateText(days: number): string {
  return days === 1 ? '1 day late' : `${days} days late`;
}
