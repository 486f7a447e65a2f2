const paths = {
  bell: 'M6 10a6 6 0 1 1 12 0c0 5 2 6 2 6H4s2-1 2-6M10 20a2 2 0 0 0 4 0',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7',
  chart: 'M5 20V4M5 20h15M9 16v-4M13 16V8M17 16v-6',
  check: 'M5 12.5 10 17 19 7',
  chevronLeft: 'M15 5 8 12l7 7',
  chevronRight: 'm9 5 7 7-7 7',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  heart: 'M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 15 12 20 12 20',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  map: 'm9 5 6 2.5L20 5v13.5L15 20l-6-2.5L4 19.5V6zM9 5v12.5M15 7.5V20',
  menu: 'M4 7h16M4 12h16M4 17h16',
  message: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5',
  minus: 'M6 12h12',
  pencil: 'm5 19 1-4L16 5l3 3L9 18zM14 7l3 3',
  pin: 'M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  locate: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v3M12 18v3M3 12h3M18 12h3',
  plus: 'M6 12h12M12 6v12',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15.5 15.5 20 20',
  sliders: 'M4 8h9M17 8h3M4 16h3M11 16h9M15 6v4M9 14v4',
  sparkle: 'M11 4 12.8 9.2 18 11l-5.2 1.8L11 18l-1.8-5.2L4 11l5.2-1.8zM18.5 16v4M16.5 18h4',
  suitcase: 'M4 8h16v11H4zM9 8V5h6v3M9 8v11M15 8v11',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  undo: 'M8 5 4 9l4 4M4 9h9a5.5 5.5 0 0 1 0 11H9',
  upload: 'M12 16V5M7.5 9.5 12 5l4.5 4.5M5 19h14',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 20c.600-3.5 3.4-5.5 7-5.5s6.4 2 7 5.5',
  users: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 19c.500-3.3 3-5 6-5s5.5 1.7 6 5M15.5 4.5a3.2 3.2 0 0 1 0 6.2M17.5 14.5c2 .600 3.2 2.2 3.5 4.5',
  warning: 'M12 4 3 19.5h18zM12 10v4.5M12 17h.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={`shrink-0 ${className}`} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
      <path d={paths[name]} />
    </svg>
  );
}
