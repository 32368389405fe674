import { useEffect, useState } from 'react';
import { showHeading } from './article';
import type { Heading } from './asset';

/** The headings of the text as a list that leads to them; what is being read is marked. */
export function Contents({ headings }: { headings: Heading[] }) {
  const current = useCurrentHeading(headings);
  if (headings.length < 2) return null;
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <nav className="contents" aria-label="On this page">
      <p>On this page</p>
      <ul>
        {headings.map(({ level, id, text }) => (
          <li key={id} style={{ paddingLeft: (level - top) * 12 }}>
            <a
              href={`#${id}`} aria-current={id === current ? 'location' : undefined}
              onClick={(event) => { event.preventDefault(); showHeading(document.querySelector('.article'), id); }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useCurrentHeading(headings: Heading[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const box = document.querySelector('.article');
    const seen = new Set<string>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) seen[isIntersecting ? 'add' : 'delete'](target.id);
      const first = headings.find(({ id }) => seen.has(id));
      if (first) setCurrent(first.id);
    }, { root: document.getElementById('main') });
    for (const { id } of headings) {
      const heading = box?.querySelector(`#${CSS.escape(id)}`);
      if (heading) observer.observe(heading);
    }
    return () => observer.disconnect();
  }, [headings]);
  return current;
}
