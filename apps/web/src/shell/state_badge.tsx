import { isDestructive } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { humanised } from '../format/value_text';

export type Tone = 'quiet' | 'calm' | 'good' | 'warn' | 'bad';

const waiting = /held|hold|block|dispute|overdue|exception|suspend|pause|needs_/;
const ended = /cancel|reject|void|revers|refus|abandon|given_up|waive/;

/** The colour of a state follows from its place in the workflow: start, under way, done, ended badly, waiting for someone. */
export function toneOf(entity: Entity, state: string): Tone {
  const workflow = entity.workflow;
  if (!workflow) return 'quiet';
  if (waiting.test(state)) return 'warn';
  if (ended.test(state)) return 'bad';
  const ways = workflow.transitions.filter((transition) => transition.from.includes(state) && !isDestructive(transition));
  if (ways.length === 0) return 'good';
  return workflow.states[0]?.name === state ? 'quiet' : 'calm';
}

export function StateBadge({ entity, state }: { entity: Entity; state: string }) {
  const label = entity.workflow?.states.find((candidate) => candidate.name === state)?.label ?? humanised(state);
  return <span className="state" data-tone={toneOf(entity, state)}>{label}</span>;
}
