import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { apiPath, read } from '../api/client';
import { Problem } from '../api/problem';
import { parameterOf, type Filter } from '../list/filters';

export interface Hit {
  entity: string;
  kind: string;
  id: number;
  path: string;
  title: string;
  /** A passage in which the words that were found stand between U+0002 and U+0003. */
  excerpt: string;
  score: number;
}

/** What GET /api/search answers. */
export interface Found {
  hits: Hit[];
  /** The words as they were mended; empty: as they were typed. */
  read_as: string;
  more: boolean;
  /** Whether everything that was saved is in the index. */
  caught_up: boolean;
}

export interface Passage {
  text: string;
  isMarked: boolean;
}

const marks = /[\u0002\u0003]/;
export const hitsAtOnce = 20;
const textMost = 250;
const offsetMost = 1_000;
const nothing: Found = { hits: [], read_as: '', more: false, caught_up: true };

/** The parts of an excerpt, so that what was found is marked without reading anything as HTML. */
export function passagesOf(excerpt: string): Passage[] {
  const passages: Passage[] = [];
  let isMarked = false;
  let rest = excerpt;
  for (;;) {
    const at = rest.search(marks);
    const text = at < 0 ? rest : rest.slice(0, at);
    if (text !== '') passages.push({ text, isMarked });
    if (at < 0) return passages;
    isMarked = rest[at] === '\u0002';
    rest = rest.slice(at + 1);
  }
}

/** Of a text that is written in Markdown the words alone: what stands before headings becomes a dot between them. */
export function withoutMarks(excerpt: string): string {
  return excerpt
    .replace(/^\s*#{1,6}\s+/, '').replace(/(^|\s)#{1,6}\s+/g, ' · ')
    .replace(/\*\*|(^|\s)\|?(?:\s*:?-{3,}:?\s*\|)+(?=\s|$)/g, ' ').replace(/[ \t]{2,}/g, ' ');
}

/** Without what stands for a record of another kind that is found itself, for who sees that kind. */
export function withoutTwins(hits: Hit[], twins: Record<string, string>, isSeen: (entity: string) => boolean): Hit[] {
  return hits.filter(({ entity }) => twins[entity] === undefined || !isSeen(twins[entity]));
}

export interface HitGroup {
  entity: string;
  kind: string;
  hits: Hit[];
}

/** By kind, in the order in which each kind's best stands. */
export function groupedByKind(hits: Hit[]): HitGroup[] {
  const groups = new Map<string, HitGroup>();
  for (const hit of hits) {
    const group = groups.get(hit.entity) ?? { entity: hit.entity, kind: hit.kind, hits: [] };
    group.hits.push(hit);
    groups.set(hit.entity, group);
  }
  return [...groups.values()];
}

export function hitAddress(hit: Pick<Hit, 'path' | 'id'>): string {
  return `/${hit.path}/${hit.id}`;
}

/** In the words of the API: of one kind the filters of its records stand beside it. */
export function searchPageAddress(text: string, kind = '', filters: Filter[] = []): string {
  return `/search?${new URLSearchParams([['q', text], ...(kind ? [['entities', kind], ...conditionsOf(filters)] : [])])}`;
}

function conditionsOf(filters: Filter[]): string[][] {
  return filters.map((filter) => [parameterOf(filter), filter.value]);
}

/** As much of what was typed as is looked for. */
export function soughtText(text: string): string {
  return text.trim().slice(0, textMost);
}

interface Wanted {
  text: string;
  /** "" for all kinds. */
  kind?: string;
  /** Of the records of that kind. */
  filters?: Filter[];
  limit?: number;
  offset?: number;
  /** The last word is still being typed: what is not found then is not noted as missing. */
  unfinished?: boolean;
}

async function find({ text, kind = '', filters = [], limit = hitsAtOnce, offset = 0, unfinished = false }: Wanted, signal: AbortSignal): Promise<Found> {
  if (text.trim() === '') return nothing;
  const query = new URLSearchParams({ q: soughtText(text), limit: String(limit), offset: String(offset), ...(kind ? { entities: kind } : {}), ...(unfinished ? { unfinished: 'true' } : {}) });
  for (const [name, value] of conditionsOf(filters)) query.append(name!, value!);
  try {
    return await read<Found>(`${apiPath('search')}?${query}`, signal);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return nothing;
    throw error;
  }
}

/** What is asked for while it is typed; the request before is given up. */
export function searchQuery(wanted: Wanted) {
  return queryOptions({ queryKey: ['search', wanted], queryFn: ({ signal }) => find(wanted, signal), staleTime: 20_000 });
}

export function searchPagesQuery(wanted: Wanted) {
  return infiniteQueryOptions({
    queryKey: ['search', 'pages', wanted],
    queryFn: ({ signal, pageParam }) => find({ ...wanted, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last: Found, pages: Found[]) => {
      const offset = pages.reduce((sum, page) => sum + page.hits.length, 0);
      return last.more && offset <= offsetMost ? offset : undefined;
    },
    staleTime: 20_000,
  });
}
