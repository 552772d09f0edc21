/** Strokes on a 16 px grid, in the colour of the text around them. Decoration only: the button has the name. */
const PATHS = {
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  caret: 'M4.5 6.5 8 10l3.5-3.5',
  undo: 'M6 3 2.8 6.2 6 9.4M3 6.2h6.2a3.6 3.6 0 0 1 0 7.2H6.5',
  redo: 'M10 3l3.2 3.2L10 9.4M13 6.2H6.8a3.6 3.6 0 0 0 0 7.2h2.7',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  system: 'M2.5 3.5h11v7.2h-11zM6 13.2h4M8 10.7v2.5',
  check: 'M3.5 8.4 6.6 11.5 12.5 4.8',
  bell: 'M4.2 11.2V7a3.8 3.8 0 0 1 7.6 0v4.2M2.8 11.2h10.4M6.6 13.4a1.5 1.5 0 0 0 2.8 0',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  offline:
    'M2 2l12 12M4.6 8.3a5 5 0 0 1 2.2-1.2M2.2 5.9A8.4 8.4 0 0 1 4.6 4.3M7.2 3.5A8.4 8.4 0 0 1 13.8 5.9M9.8 7.3c.6.2 1.1.6 1.6 1M8 12h.01',
  lock: 'M4 7.2h8v6H4zM5.6 7.2V5.4a2.4 2.4 0 0 1 4.8 0v1.8',
  compass: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M10.6 5.4 9 9 5.4 10.6 7 7z',
  bin: 'M2.8 4.4h10.4M6 4.2V2.6h4v1.6M4.2 4.4l.6 9h6.4l.6-9M6.8 7v4M9.2 7v4',
  star: 'M8 1.9l1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.7l-3.8 2 .7-4.3-3.1-3 4.3-.6z',
  pin: 'M5.8 2.2h4.4M6.4 2.2v4.2L4.4 8.8h7.2L9.6 6.4V2.2M8 8.8v5',
  panels: 'M2.2 2.8h5v10.4h-5zM9.2 2.8h4.6v4.2H9.2zM9.2 9h4.6v4.2H9.2z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="logo" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}
