import type { SVGProps } from 'react';

const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M20 20l-4-4',
  sun: 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5',
  back: 'M14.5 6l-6 6l6 6',
  chevron: 'M9.5 6l6 6l-6 6',
  home: 'M4 11l8-7l8 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  filter: 'M4 5h16l-6 7.5V19l-4-2v-4.5z',
  columns: 'M4 5h16v14H4zM9.3 5v14M14.7 5v14',
  board: 'M4 5h4.5v14H4zM9.8 5h4.5v9H9.8zM15.5 5H20v11.5h-4.5z',
  move: 'M4 12h15M13 6l6 6l-6 6',
  download: 'M12 4v11M7 10.5l5 5l5-5M5 20h14',
  upload: 'M12 15.5V4.5M7 9l5-5l5 5M5 20h14',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  calendar: 'M5 6h14v14H5zM5 10.5h14M9 3.5v4M15 3.5v4',
  open: 'M13 5h6v6M19 5l-8 8M17 14v5H5V7h5',
  history: 'M12 7.5V12l3 2M4.5 12a7.5 7.5 0 1 0 2.5-5.6M4 4.5V8h3.5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  report: 'M6 3.5h8l4 4V20.5H6zM9 12h6M9 16h6M14 3.5v4h4',
  document: 'M6 3.5h8l4 4V20.5H6zM14 3.5v4h4',
  trash: 'M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0',
  leave: 'M10 5H5v14h5M14 8l4 4l-4 4M18 12H9',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  key: 'M8 11a4 4 0 1 0 0 8a4 4 0 0 0 0-8M11 12.5L20 4M16.5 7.5l3 3',
  shield: 'M12 3.5l7 2.5v6c0 4-3 7-7 8.5c-4-1.5-7-4.5-7-8.5V6z',
  complaint: 'M4 5h16v11h-8l-4 4v-4H4zM12 8v3.5M12 13.5h.01',
  book: 'M5 4.5h5.5a2 2 0 0 1 1.5 1a2 2 0 0 1 1.5-1H19V18h-5.5a1.5 1.5 0 0 0-1.5 1.5a1.5 1.5 0 0 0-1.5-1.5H5zM12 5.5v14',
  box: 'M12 3.5l8 4.2v8.6l-8 4.2l-8-4.2V7.7zM4 7.7l8 4.3l8-4.3M12 12v8.5',
  bulb: 'M9 17.5h6M10 20.5h4M8.5 14.5a6 6 0 1 1 7 0c-.6.5-.9 1.2-.9 2h-5.2c0-.8-.3-1.5-.9-2z',
  route: 'M6 5.5a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6M18 15a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6M6 9.1V13a3 3 0 0 0 3 3h7.2',
  pen: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3h.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16, ...rest }: { name: IconName; size?: number } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" strokeWidth={1.8}
      strokeLinecap="round" strokeLinejoin="round" aria-hidden focusable="false" style={{ flex: 'none' }} {...rest}
    >
      <path d={paths[name]} {...(name === 'dots' ? { strokeWidth: 3 } : {})} />
    </svg>
  );
}

export function Mosaic({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden focusable="false" style={{ flex: 'none' }}>
      <rect x="2" y="2" width="13" height="13" rx="2.5" fill="#17627d" />
      <rect x="17" y="2" width="13" height="13" rx="2.5" fill="#4f97b0" />
      <rect x="2" y="17" width="13" height="13" rx="2.5" fill="#c98a2b" />
      <rect x="17" y="17" width="13" height="13" rx="2.5" fill="#17627d" />
    </svg>
  );
}
