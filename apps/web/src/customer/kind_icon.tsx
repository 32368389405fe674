const paths: Record<string, string> = {
  call: 'M6 4h3l1.5 4L8.5 10a11 11 0 0 0 5.5 5.5L16 13.5l4 1.5v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  visit: 'M12 21c4-4.5 6.5-7.5 6.5-11a6.5 6.5 0 0 0-13 0c0 3.5 2.5 6.5 6.5 11zM12 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5',
  meeting: 'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M2.5 19a5.5 5.5 0 0 1 11 0M16 6a2.5 2.5 0 1 0 0 5M16.5 14a5 5 0 0 1 5 5',
  mail: 'M4 6h16v12H4zM4 7l8 6l8-6',
  letter: 'M4 6h16v12H4zM4 7l8 6l8-6',
  web: 'M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M4 12h16M12 4c3 3 3 13 0 16M12 4c-3 3-3 13 0 16',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 9h7M8.5 12.5h4',
  quote: 'M6 3.5h8l4 4V20.5H6zM14 3.5v4h4M9 12h6M9 16h3',
  order: 'M4 5h2.5l2 10h9l2-7H7.5M10 18.5a1.3 1.3 0 1 0 0 .1M16.5 18.5a1.3 1.3 0 1 0 0 .1',
  delivery: 'M3 7h11v9H3zM14 10h4l3 3v3h-7M7 16a2 2 0 1 0 .1 0M17.5 16a2 2 0 1 0 .1 0',
  invoice: 'M6 3.5h12V20.5l-3-1.5l-3 1.5l-3-1.5l-3 1.5zM9 8h6M9 12h6',
  payment: 'M3.5 7h17v10h-17zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5M6.5 12h.01M17.5 12h.01',
  complaint: 'M12 4l9 16H3zM12 10v4.5M12 17.3h.01',
};
const other = 'M12 7.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9';

/** What a touchpoint was, at a glance; its name stands beside it. */
export function KindIcon({ kind }: { kind: string }) {
  return (
    <svg viewBox="0 0 24 24" width={16} height={16} fill="none" stroke="currentColor" strokeWidth={1.7} strokeLinecap="round" strokeLinejoin="round" aria-hidden focusable="false">
      <path d={paths[kind] ?? other} />
    </svg>
  );
}
