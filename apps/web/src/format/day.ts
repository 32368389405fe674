/** Days are ISO text; the few sums on them go through UTC so that no time zone can shift one. */
const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDay(text: string): boolean {
  const match = isoDay.exec(text);
  if (!match) return false;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.toISOString().slice(0, 10) === text;
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** What accountants type for a day: "2026-01-31", "20260131", "01-31", "31", "t" (today), "y", "+7", "-1". */
export function parseDay(typed: string, today: string): string | null {
  const text = typed.trim().toLowerCase();
  if (text === 't' || text === 'today') return today;
  if (text === 'y' || text === 'yesterday') return addDays(today, -1);
  if (/^[+-]\d{1,4}$/.test(text)) return addDays(today, Number(text));
  const candidate = completed(text, today);
  return candidate !== null && isDay(candidate) ? candidate : null;
}

function completed(text: string, today: string): string | null {
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0');
  let match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match) return `${match[1]}-${match[2]}-${match[3]}`;
  match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (match) return `${match[1]}-${two(match[2])}-${two(match[3])}`;
  match = /^(\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (match) return `${today.slice(0, 4)}-${two(match[1])}-${two(match[2])}`;
  match = /^(\d{1,2})$/.exec(text);
  if (match) return `${today.slice(0, 8)}${two(match[1])}`;
  return null;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000);
}

/** "2026-01-31T10:15:30.123456Z" → "2026-01-31 11:15" on the reader's clock. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "2026-01-31 11:15", "2026-01-31" or a full instant → the instant the server takes; a bare day means its last moment. */
export function parseInstant(typed: string): string | null {
  const text = typed.trim();
  if (/^\d{4}-\d{2}-\d{2}T.*Z$/.test(text)) return Number.isNaN(Date.parse(text)) ? null : text;
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (!match || !isDay(match[1] ?? '')) return null;
  const time = match[2] === undefined ? '23:59:59.999' : `${match[2].padStart(2, '0')}:${match[3]}:${match[4] ?? '00'}`;
  const date = new Date(`${match[1]}T${time}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
