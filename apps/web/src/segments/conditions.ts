import { labelOf } from '../api/catalogue';
import type { ReportAnswer } from '../api/contract';
import type { DraftLine } from '../form/draft';

type FactKind = 'text' | 'number' | 'day' | 'flag';

export interface Fact {
  name: string;
  title: string;
  kind: FactKind;
}

/** What is known of parties and can be a condition, as the report says it. */
export function factsOf(report: ReportAnswer | undefined): Fact[] {
  return (report?.rows ?? []).map((row) => ({ name: labelOf(row['name']), title: labelOf(row['title']), kind: labelOf(row['kind']) as FactKind }));
}

const words: Record<string, string> = {
  is: 'is', is_not: 'is not', one_of: 'is one of', contains: 'contains', at_least: 'is at least', at_most: 'is at most', before: 'is before', after: 'is after',
  days_ago_at_least: 'is at least so many days ago', days_ago_at_most: 'is at most so many days ago', unknown: 'is not known', known: 'is known',
};

const fitting: Record<FactKind, string[]> = {
  text: ['one_of', 'contains'],
  number: ['at_least', 'at_most'],
  day: ['before', 'after', 'days_ago_at_least', 'days_ago_at_most'],
  flag: [],
};

function kindOf(facts: Fact[], fact: string): FactKind | undefined {
  return facts.find(({ name }) => name === fact)?.kind;
}

/** How a fact can be compared; of one that is not known here, in every way. What stands there already stays. */
export function comparisonsOf(facts: Fact[], fact: string, now: string): { value: string; label: string }[] {
  const kind = kindOf(facts, fact);
  const names = kind ? ['is', 'is_not', ...fitting[kind], 'known', 'unknown'] : Object.keys(words);
  return (names.includes(now) || now === '' ? names : [...names, now]).map((value) => ({ value, label: words[value] ?? value }));
}

export type ValueInput = 'none' | 'flag' | 'day' | 'number' | 'text';

export function valueInputOf(facts: Fact[], fact: string, comparison: string): ValueInput {
  if (comparison === 'known' || comparison === 'unknown') return 'none';
  if (comparison.startsWith('days_ago')) return 'number';
  return kindOf(facts, fact) ?? 'text';
}

/** The lines of each alternative, in the order in which the alternatives are numbered. */
export function alternativesOf(lines: DraftLine[]): { number: string; lines: DraftLine[] }[] {
  const numbers = [...new Set(lines.map(numberOf))].sort((left, right) => Number(left) - Number(right));
  return numbers.map((number) => ({ number, lines: lines.filter((line) => numberOf(line) === number) }));
}

export function nextAlternative(lines: DraftLine[]): string {
  return String(Math.max(0, ...lines.map((line) => Number(numberOf(line)))) + 1);
}

function numberOf(line: DraftLine): string {
  return String(line.values['alternative'] ?? '1') || '1';
}

/** The line with another fact: what no longer fits how it was compared begins anew. */
export function withFact(facts: Fact[], line: DraftLine, fact: string): DraftLine {
  const comparison = String(line.values['comparison'] ?? 'is');
  const stays = comparisonsOf(facts, fact, '').some(({ value }) => value === comparison);
  const isSame = kindOf(facts, fact) === kindOf(facts, String(line.values['fact'] ?? ''));
  return { ...line, values: { ...line.values, fact, comparison: stays ? comparison : 'is', value: isSame ? line.values['value'] ?? null : null } };
}

/** The rule as the count of its parties takes it; null while a condition lacks what it is about or compared with. */
export function rulePreview(lines: DraftLine[]): string | null {
  const text = (line: DraftLine, name: string) => String(line.values[name] ?? '');
  const conditions = lines.map((line) => ({ alternative: Number(numberOf(line)), fact: text(line, 'fact'), comparison: text(line, 'comparison') || 'is', value: text(line, 'value') }));
  const isWhole = conditions.every(({ fact, comparison, value }) => fact !== '' && (value !== '' || comparison === 'known' || comparison === 'unknown'));
  return conditions.length > 0 && isWhole ? JSON.stringify(conditions) : null;
}
