import { queryOptions } from '@tanstack/react-query';
import { labelOf } from '../api/catalogue';
import { apiPath, ask, read } from '../api/client';
import type { Entity, RecordRow, Reference, Transition } from '../api/contract';

/** The HTML that the server makes of Markdown, from what it allows. */
export function markdownQuery(text: string) {
  return queryOptions({ queryKey: ['markdown', text], queryFn: () => ask<{ html: string }>('POST', apiPath('markdown'), { text }), enabled: text.trim() !== '', staleTime: Infinity, gcTime: 60_000 });
}

export interface Heading {
  level: number;
  id: string;
  text: string;
}

export interface LinkedRecord {
  entity: string;
  record: Reference;
  relation: string;
  note: string | null;
}

/** What GET …/assets/<id>/links answers. */
export interface AssetLinks {
  links: LinkedRecord[];
  back_links: { asset: Reference; state: string; relation: string; note: string | null }[];
  contradicted_by: Reference[];
}

export interface DifferenceLine {
  part: string;
  change: 'kept' | 'added' | 'removed';
  text: string;
}

/** The headings of a text that can be led to. */
export function headingsOf(html: string): Heading[] {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return [...page.querySelectorAll('h1[id], h2[id], h3[id], h4[id]')].map((heading) => ({ level: Number(heading.tagName[1]), id: heading.id, text: heading.textContent?.trim() ?? '' }));
}

/** One view of a record, beside its fields. */
export function recordViewQuery<T>(entity: Entity, id: number, view: string) {
  return queryOptions({
    queryKey: ['record_view', entity.name, id, view],
    queryFn: ({ signal }) => read<T>(apiPath(entity.path, id, view), signal),
  });
}

/** The transition of this name, where this person may run it on a record in this state. */
export function permittedTransition(entity: Entity, record: RecordRow, name: string): Transition | undefined {
  const state = String(record[entity.workflow?.field ?? ''] ?? '');
  return entity.workflow?.transitions.find((transition) => transition.name === name && transition.permitted && transition.from.includes(state));
}

const days = (record: RecordRow, name: string) => labelOf(record[name]);

/** What a state means to who reads: how far the text can be relied on. */
export function standingSentence(record: RecordRow): string {
  const by = labelOf(record['verifier']);
  const on = days(record, 'verified_on');
  const again = days(record, 'review_on');
  switch (record['state']) {
    case 'draft': return 'Being written. Nobody has checked it yet.';
    case 'in_review': return 'Waits for somebody else to check it.';
    case 'verified': return `Checked${by ? ` by ${by}` : ''}${on ? ` on ${on}` : ''}.${again ? ` It is looked at again on ${again}.` : ''}`;
    case 'needs_review': return `To be checked again: its day has come, or somebody objected.${on ? ` It was last right on ${on}.` : ''}`;
    case 'retired': return 'No longer in force. It is kept so that links to it still lead somewhere.';
    default: return '';
  }
}

export type ShownLine = DifferenceLine | { change: 'skipped'; count: number };

/** What changed with a little of what stands around it; long stretches that stayed are counted. */
export function shortened(lines: DifferenceLine[], around = 2): ShownLine[] {
  const isNear = lines.map((_, index) => lines.slice(Math.max(index - around, 0), index + around + 1).some(({ change }) => change !== 'kept'));
  const shown: ShownLine[] = [];
  lines.forEach((line, index) => {
    const last = shown.at(-1);
    if (isNear[index]) shown.push(line);
    else if (last?.change === 'skipped') last.count += 1;
    else shown.push({ change: 'skipped', count: 1 });
  });
  return shown;
}
