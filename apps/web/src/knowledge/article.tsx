import { useEffect, useRef, type MouseEvent } from 'react';
import { navigate } from '../shell/router';

/**
 * The text of an asset. The only place where HTML of the server is taken as HTML: the server makes it from Markdown and lets through
 * nothing but the tags, attributes and addresses on its own list (core/markdown), so whatever script somebody stored arrives as text.
 */
export function Article({ html, label }: { html: string; label: string }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (location.hash.length > 1) showHeading(box.current, decodeURIComponent(location.hash.slice(1)));
    for (const table of box.current?.querySelectorAll('table, pre') ?? []) table.setAttribute('tabindex', '0');
  }, [html]);
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a');
    const address = link?.getAttribute('href') ?? '';
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (address.startsWith('#')) {
      event.preventDefault();
      showHeading(box.current, decodeURIComponent(address.slice(1)));
    } else if (address.startsWith('/') && !address.startsWith('//') && !address.startsWith('/api/')) {
      event.preventDefault();
      void navigate(address);
    }
  };
  return <article ref={box} className="article" aria-label={label} onClick={follow} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Scrolls to a heading inside a box and gives it the focus, so that reading goes on there. */
export function showHeading(box: Element | null, id: string): void {
  const heading = box?.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  if (!heading) return;
  heading.setAttribute('tabindex', '-1');
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start' });
}
