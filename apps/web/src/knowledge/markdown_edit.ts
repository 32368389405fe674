/** A stretch of a text that is replaced, and what is chosen afterwards. */
export interface TextEdit {
  from: number;
  to: number;
  insert: string;
  selectFrom: number;
  selectTo: number;
}

const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number) => (text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at));

/** Puts marks around what is chosen, or takes them away where they stand; with nothing chosen, a word to write over. */
export function wrapped(text: string, from: number, to: number, mark: string, word: string): TextEdit {
  const chosen = text.slice(from, to);
  const isMarked = text.slice(from - mark.length, from) === mark && text.slice(to, to + mark.length) === mark && chosen !== '';
  if (isMarked) return { from: from - mark.length, to: to + mark.length, insert: chosen, selectFrom: from - mark.length, selectTo: to - mark.length };
  const inner = chosen === '' ? word : chosen;
  return { from, to, insert: mark + inner + mark, selectFrom: from + mark.length, selectTo: from + mark.length + inner.length };
}

/** Begins every chosen line with a mark, or takes it away where all lines have it. */
export function prefixed(text: string, from: number, to: number, prefixOf: (index: number) => string): TextEdit {
  const start = lineStart(text, from);
  const end = lineEnd(text, Math.max(to, from));
  const lines = text.slice(start, end).split('\n');
  const has = lines.every((line, index) => line.startsWith(prefixOf(index)));
  const insert = lines.map((line, index) => (has ? line.slice(prefixOf(index).length) : prefixOf(index) + line)).join('\n');
  return { from: start, to: end, insert, selectFrom: lines.length > 1 ? start : start + insert.length, selectTo: start + insert.length };
}

/** Makes the line a heading of this level, whatever it was before; the same level again makes it plain. */
export function headed(text: string, at: number, level: number): TextEdit {
  const start = lineStart(text, at);
  const end = lineEnd(text, at);
  const line = text.slice(start, end);
  const marks = /^(#{1,6}) /.exec(line)?.[1] ?? '';
  const words = marks ? line.slice(marks.length + 1) : line;
  const insert = marks.length === level ? words : `${'#'.repeat(level)} ${words || 'Heading'}`;
  return { from: start, to: end, insert, selectFrom: start + insert.length - (words || 'Heading').length, selectTo: start + insert.length };
}

/** A block of its own below the line, with an empty line before and after. */
export function inserted(text: string, at: number, block: string): TextEdit {
  const end = lineEnd(text, at);
  const before = text.slice(0, end).trimEnd() === '' ? '' : text.slice(0, end).endsWith('\n\n') ? '' : text.slice(0, end).endsWith('\n') ? '\n' : '\n\n';
  const insert = `${before}${block}\n`;
  return { from: end, to: end, insert, selectFrom: end + insert.length, selectTo: end + insert.length };
}

/** A link with these words; what would end it early is escaped. */
export function linkTo(title: string, address: string): string {
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${address.replace(/[()\s]/g, (mark) => encodeURIComponent(mark).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29')))})`;
}

export const tableBlock = '| Heading | Heading |\n|---|---|\n| Text | Text |';
