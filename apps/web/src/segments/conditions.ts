import type { DraftLine } from '../form/draft';

type FactKind = 'text' | 'number' | 'day' | 'flag';

interface Fact {
  name: string;
  title: string;
  kind: FactKind;
}

/** What customer relations knows of parties itself; other modules contribute facts of their own, which are typed by name. */
export const usualFacts: Fact[] = [
  { name: 'name', title: 'Name', kind: 'text' }, { name: 'email', title: 'E-mail', kind: 'text' }, { name: 'country', title: 'Country', kind: 'text' },
  { name: 'region', title: 'Region', kind: 'text' }, { name: 'postal_code', title: 'Postal code', kind: 'text' },
  { name: 'customer', title: 'Customer', kind: 'flag' }, { name: 'supplier', title: 'Supplier', kind: 'flag' }, { name: 'rating', title: 'Rating', kind: 'number' },
  { name: 'last_contact', title: 'Last contact', kind: 'day' }, { name: 'open_opportunities', title: 'Open opportunities', kind: 'number' },
  { name: 'open_amount', title: 'Worth of open opportunities', kind: 'number' }, { name: 'won_opportunities', title: 'Opportunities won', kind: 'number' },
  { name: 'won_amount', title: 'Worth of opportunities won', kind: 'number' }, { name: 'purchases_a_year', title: 'Purchases within a year', kind: 'number' },
  { name: 'bought_a_year', title: 'Bought within a year', kind: 'number' }, { name: 'last_purchase', title: 'Last purchase', kind: 'day' }, { name: 'last_won', title: 'Last opportunity won', kind: 'day' },
];

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

export function kindOf(fact: string): FactKind | undefined {
  return usualFacts.find(({ name }) => name === fact)?.kind;
}

/** How a fact can be compared; of one that is not known here, in every way. What stands there already stays. */
export function comparisonsOf(fact: string, now: string): { value: string; label: string }[] {
  const kind = kindOf(fact);
  const names = kind ? ['is', 'is_not', ...fitting[kind], 'known', 'unknown'] : Object.keys(words);
  return (names.includes(now) || now === '' ? names : [...names, now]).map((value) => ({ value, label: words[value] ?? value }));
}

export type ValueInput = 'none' | 'flag' | 'day' | 'number' | 'text';

export function valueInputOf(fact: string, comparison: string): ValueInput {
  if (comparison === 'known' || comparison === 'unknown') return 'none';
  if (comparison.startsWith('days_ago')) return 'number';
  return kindOf(fact) ?? 'text';
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
export function withFact(line: DraftLine, fact: string): DraftLine {
  const comparison = String(line.values['comparison'] ?? 'is');
  const stays = comparisonsOf(fact, '').some(({ value }) => value === comparison);
  const isSame = kindOf(fact) === kindOf(String(line.values['fact'] ?? ''));
  return { ...line, values: { ...line.values, fact, comparison: stays ? comparison : 'is', value: isSame ? line.values['value'] ?? null : null } };
}
