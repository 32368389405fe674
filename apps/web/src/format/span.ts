/** "40 s", "12 min", "5 h", "3 days": how long, as one says it. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3_600 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** From one instant to another or to a moment in milliseconds; before it, none. */
export function secondsBetween(from: string, to: string | number): number {
  return Math.max(0, ((typeof to === 'number' ? to : Date.parse(to)) - Date.parse(from)) / 1_000);
}

/** "just now", "4 min ago". Clocks differ a little: what lies ahead is just now. */
export function agoText(instant: string, now: number): string {
  const seconds = Math.round(secondsBetween(instant, now));
  return seconds < 3 ? 'just now' : `${durationText(seconds)} ago`;
}

/** "in 5 min", "now", "20 min ago": when something is due, or was. */
export function dueText(instant: string, now: number): string {
  const ahead = Math.round((Date.parse(instant) - now) / 1_000);
  if (ahead > 0) return `in ${durationText(ahead)}`;
  return ahead > -10 ? 'now' : `${durationText(-ahead)} ago`;
}
