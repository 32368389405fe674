import { daysBetween } from '../format/day';
import type { Tone } from '../shell/state_badge';

export interface Due {
  text: string;
  tone: Tone;
}

const soonDays = 3;

export function daysText(count: number): string {
  return count === 1 ? 'one day' : `${count} days`;
}

/** How far a day is away, and how pressing that is. */
export function dueText(day: string, today: string): Due {
  const left = daysBetween(today, day);
  if (left < 0) return { text: `${daysText(-left)} late`, tone: 'bad' };
  if (left === 0) return { text: 'due today', tone: 'warn' };
  return { text: `due in ${daysText(left)}`, tone: left <= soonDays ? 'warn' : 'quiet' };
}
