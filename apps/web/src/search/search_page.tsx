import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useCatalogue } from '../api/catalogue';
import { formatDecimal } from '../format/decimal';
import { FilterBar } from '../list/filter_bar';
import { filtersFrom, type Filter } from '../list/filters';
import '../list/list.css';
import { Icon } from '../shell/icons';
import { Page, ProblemAlert } from '../shell/page';
import { Link, navigate, usePlace } from '../shell/router';
import { searchTwins } from '../shell/special_pages';
import { tellChoice } from './choices';
import { groupedByKind, searchPageAddress, searchPagesQuery, withoutTwins, type Found, type Hit } from './hits';
import { NothingFound } from './nothing_found';
import { SearchHit } from './search_hit';
import './search.css';

/** Everything that was found for some words, narrowed by kind, from the address alone. */
export default function SearchPage() {
  const { search } = usePlace();
  const given = new URLSearchParams(search);
  const sought = given.get('q') ?? '';
  const kind = given.get('entities') ?? '';
  const catalogue = useCatalogue();
  const entity = catalogue.entity(kind);
  const filters = entity ? filtersFrom(given, entity.fields) : [];
  const [typed, setTyped] = useState(sought);
  const [last, setLast] = useState(sought);
  if (last !== sought) {
    setLast(sought);
    setTyped(sought);
  }
  const [paused] = useDebouncedValue(typed, 250);
  const text = typed === sought ? sought : paused;
  const wanted = { text, unfinished: text !== sought };
  const all = useInfiniteQuery({ ...searchPagesQuery(wanted), placeholderData: (before) => before });
  const ofKind = useInfiniteQuery({ ...searchPagesQuery({ ...wanted, kind, filters }), enabled: kind !== '' });
  const shown = kind ? ofKind : all;
  const hitsOf = (pages: Found[] | undefined) => withoutTwins(pages?.flatMap((page) => page.hits) ?? [], searchTwins, (name) => catalogue.entity(name) !== undefined);
  const everything = hitsOf(all.data?.pages);
  const known = filters.length > 0 ? [] : everything.filter((hit) => hit.entity === kind);
  const hits = kind && !ofKind.data ? known : hitsOf(shown.data?.pages);
  const readAs = shown.data?.pages[0]?.read_as ?? '';
  const box = useRef<HTMLDivElement>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') void navigate(searchPageAddress(typed.trim(), kind, filters), { replace: sought === '' });
  };
  const step = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const places = [...(box.current?.querySelectorAll<HTMLElement>('input[type=search], .search-hits a, .search-more') ?? [])];
    const next = places[places.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const isEmpty = text.trim() !== '' && shown.isSuccess && !shown.isFetching && hits.length === 0;
  return (
    <Page title="Search">
      <div ref={box} onKeyDown={step} style={{ display: 'contents' }}>
        <SearchBar typed={typed} onType={setTyped} onSubmit={submit} />
        <p role="status" className="search-said">{saidOf(text, hits, shown.hasNextPage, readAs, shown.data?.pages[0])}</p>
        <ProblemAlert error={shown.error} />
        {isEmpty && filters.length === 0 ? <NothingFound text={text.trim()} isNoted={kind === '' && !wanted.unfinished && shown.data?.pages[0]?.caught_up === true} /> : (
          <div className="search-page">
            <Kinds text={text} chosen={kind} filters={filters} hits={everything} hasMore={all.hasNextPage} />
            <div>
              {entity && text.trim() !== '' && (
                <div className="search-filters">
                  <FilterBar entity={entity} filters={filters} hasTabs={false} onChange={(next) => void navigate(searchPageAddress(text.trim(), kind, next))} />
                </div>
              )}
              {isEmpty && entity && <p className="soft">None of the {entity.plural.toLowerCase()} with these words fits. <Link className="plain-link" to={searchPageAddress(text.trim(), kind)}>Look at all of them</Link></p>}
              {hits.length > 0 && <ul className="search-hits" aria-label="Results">{hits.map((hit) => <SearchHit key={`${hit.entity} ${hit.id}`} hit={hit} onOpen={() => tellChoice(wanted, hit)} />)}</ul>}
              {shown.hasNextPage && <Button className="search-more" variant="default" loading={shown.isFetchingNextPage} onClick={() => void shown.fetchNextPage()}>Show more</Button>}
            </div>
          </div>
        )}
      </div>
    </Page>
  );
}

function SearchBar({ typed, onType, onSubmit }: { typed: string; onType: (text: string) => void; onSubmit: (event: FormEvent) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { if (input.current?.value === '') input.current.focus(); }, []);
  return (
    <form role="search" className="search-bar" onSubmit={onSubmit}>
      <TextInput
        ref={input} type="search" size="sm" aria-label="Search for" placeholder="Words, “words together”, -without" value={typed} leftSection={<Icon name="search" size={15} />} autoComplete="off"
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <Button type="submit" size="sm">Search</Button>
    </form>
  );
}

function Kinds({ text, chosen, filters, hits, hasMore }: { text: string; chosen: string; filters: Filter[]; hits: Hit[]; hasMore: boolean }) {
  const catalogue = useCatalogue();
  if (hits.length === 0) return <span />;
  const count = (some: number) => `${formatDecimal(String(some))}${hasMore ? '+' : ''}`;
  return (
    <nav aria-label="Kinds of records">
      <ul className="search-kinds">
        <li><Link to={searchPageAddress(text)} aria-current={chosen === '' ? 'true' : undefined}><span>Everything</span><b>{count(hits.length)}</b></Link></li>
        {groupedByKind(hits).map(({ entity, kind, hits: own }) => (
          <li key={entity}>
            <Link to={searchPageAddress(text, entity, chosen === entity ? filters : [])} aria-current={chosen === entity ? 'true' : undefined}><span>{catalogue.entity(entity)?.plural ?? kind}</span><b>{count(own.length)}</b></Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function saidOf(text: string, hits: Hit[], hasMore: boolean, readAs: string, first: Found | undefined): string {
  if (text.trim() === '' || !first) return '';
  const found = hits.length === 0 ? 'Nothing found.' : hits.length === 1 ? 'One result.' : `${hits.length}${hasMore ? ' or more' : ''} results.`;
  const read = readAs ? `Showing results for “${readAs}”. ` : '';
  return `${read}${found}${first.caught_up ? '' : ' What was saved in the last moments may be missing.'}`;
}
