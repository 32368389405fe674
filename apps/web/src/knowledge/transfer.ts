import type { DraftLine } from '../form/draft';
import { isReference } from '../api/contract';
import { sumDecimals } from '../format/decimal';
import { dueText, type Due } from './due';

export interface TransferLine {
  topic: string;
  topicId: number;
  otherHolders: number;
  revenue: string;
  hasReceiver: boolean;
  dueOn: string;
  doneOn: string;
  isCaptured: boolean;
}

export function transferLineFrom({ values }: DraftLine): TransferLine {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const topic = isReference(values['topic']) ? values['topic'] : null;
  return {
    topic: topic?.label ?? '', topicId: topic?.id ?? 0, otherHolders: Number(text('other_holders') || 0), revenue: text('revenue') || '0',
    hasReceiver: isReference(values['receiver']), dueOn: text('due_on'), doneOn: text('done_on'), isCaptured: isReference(values['asset']) || text('note').trim() !== '',
  };
}

/** What of one topic is still to be done, the most pressing first. */
export function lineState(line: TransferLine, today: string): Due {
  if (line.doneOn) return line.isCaptured ? { text: 'handed over', tone: 'good' } : { text: 'handed over, not captured', tone: 'warn' };
  const due = line.dueOn ? dueText(line.dueOn, today) : null;
  if (due?.tone === 'bad') return due;
  if (!line.hasReceiver) return { text: 'nobody takes it over', tone: 'bad' };
  return due ?? { text: 'no day is set', tone: 'warn' };
}

export function holdersText(count: number): string {
  if (count === 0) return 'nobody who stays holds it';
  return count === 1 ? 'one other holds it and stays' : `${count} others hold it and stay`;
}

export interface Progress {
  done: number;
  all: number;
  /** What depends on the topics that are not handed over. */
  open: string;
}

export function progressOf(lines: TransferLine[]): Progress {
  return { done: lines.filter(({ doneOn }) => doneOn !== '').length, all: lines.length, open: sumDecimals(lines.filter(({ doneOn }) => doneOn === '').map(({ revenue }) => revenue)) };
}
