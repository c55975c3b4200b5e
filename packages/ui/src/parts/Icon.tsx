/** Own drawings on a grid of 24; never the only sign of a meaning, so always hidden from screen readers. */
const DRAWN = {
  user: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4 21c.6-4.4 3.6-7 8-7s7.4 2.6 8 7" />
    </>
  ),
  users: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.5 20c.5-3.8 3-6 6.5-6s6 2.2 6.5 6M16 5.2a3.5 3.5 0 0 1 0 6.6M18 14.5c2 .8 3.2 2.7 3.5 5.5" />
    </>
  ),
  station: (
    <>
      <path d="M4 21V10l8-6 8 6v11zM12 11v6M9 14h6" />
    </>
  ),
  hospital: (
    <>
      <path d="M5 21V4h14v17M3 21h18M12 7v5M9.5 9.5h5M10 21v-4h4v4" />
    </>
  ),
  check: (
    <>
      <path d="m5 12.5 4.5 4.5L19 7.5" />
    </>
  ),
  done: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="m8 12.3 2.8 2.8L16 9.7" />
    </>
  ),
  warn: (
    <>
      <path d="M12 3.5 22 20.5H2zM12 10v4.5M12 17.4v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.5M12 7.6v.1" />
    </>
  ),
  help: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.5 9.6c.2-1.5 1.2-2.3 2.6-2.3 1.5 0 2.5.9 2.5 2.2 0 1.9-2.6 2-2.6 4M12 16.7v.1" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5.2l3.4 2" />
    </>
  ),
  calendar: (
    <>
      <path d="M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4" />
    </>
  ),
  phone: (
    <>
      <path d="M6.5 3.5 9 8 7.2 10c1.2 3 3.6 5.4 6.7 6.7L16 15l4.5 2.5c0 1.8-1.4 3.2-3.2 3C9.9 19.8 4.2 14.1 3.5 6.7c-.2-1.8 1.2-3.2 3-3.2z" />
    </>
  ),
  qr: (
    <>
      <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v3M17.5 20H20M14 20v-.5" />
    </>
  ),
  eye: (
    <>
      <path d="M2 12c2.6-4.6 6-7 10-7s7.4 2.4 10 7c-2.6 4.6-6 7-10 7s-7.4-2.4-10-7z" />
      <circle cx="12" cy="12" r="3" />
    </>
  ),
  book: (
    <>
      <path d="M5 4.5C5 3.7 5.7 3 6.5 3H19v15H6.5C5.7 18 5 18.7 5 19.5S5.7 21 6.5 21H19M5 19.5v-15M9.5 8h5.5M9.5 11.5h4" />
    </>
  ),
  pill: (
    <>
      <rect x="2.5" y="8" width="19" height="8" rx="4" transform="rotate(-45 12 12)" />
      <path d="m9.2 9.2 5.6 5.6" />
    </>
  ),
  flask: (
    <>
      <path d="M9.5 3v6.5L4 19c-.6 1.1.1 2 1.2 2h13.6c1.1 0 1.8-.9 1.2-2L14.5 9.5V3M8 3h8M7 15.5h10" />
    </>
  ),
  right: (
    <>
      <path d="m9 5 7 7-7 7" />
    </>
  ),
  left: (
    <>
      <path d="m15 5-7 7 7 7" />
    </>
  ),
  save: (
    <>
      <path d="M12 3.5V15M7.5 10.5 12 15l4.5-4.5M4.5 20h15" />
    </>
  ),
  x: (
    <>
      <path d="m6 6 12 12M18 6 6 18" />
    </>
  ),
  plus: (
    <>
      <path d="M12 5v14M5 12h14" />
    </>
  ),
  lock: (
    <>
      <path d="M5 10.5h14V21H5zM8 10.5V7.5a4 4 0 0 1 8 0v3" />
    </>
  ),
  shield: (
    <>
      <path d="M12 3 4.5 5.5v6c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.5v-6zM8.5 12l2.5 2.5 4.5-5" />
    </>
  ),
  bell: (
    <>
      <path d="M5.5 17c1.2-1.5 1.5-3 1.5-6a5 5 0 0 1 10 0c0 3 .3 4.5 1.5 6zM10 20.5h4" />
    </>
  ),
  sync: (
    <>
      <path d="M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5" />
    </>
  ),
  card: (
    <>
      <path d="M3 5.5h18v13H3z" />
      <circle cx="8.5" cy="11" r="2" />
      <path d="M5.5 15.5c.5-1.5 1.5-2 3-2s2.5.5 3 2M14.5 10h4M14.5 13.5h4" />
    </>
  ),
  edit: (
    <>
      <path d="M4 20v-4L15.5 4.5l4 4L8 20zM13 7l4 4" />
    </>
  ),
  heart: (
    <>
      <path d="M12 20C6 16 3 12.5 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3.5-3 7-9 11z" />
    </>
  ),
  list: (
    <>
      <path d="M4 6h.1M4 12h.1M4 18h.1M8.5 6H20M8.5 12H20M8.5 18H20" />
    </>
  ),
  menu: (
    <>
      <path d="M4 6.5h16M4 12h16M4 17.5h16" />
    </>
  ),
  text: (
    <>
      <path d="M3 19 8.5 5 14 19M5 14.5h7M15 19l3-8 3 8M16 16.5h4" />
    </>
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18" />
    </>
  ),
  torch: (
    <>
      <path d="M8 3h8v3l-2 3.5V21h-4V9.5L8 6zM8 6h8M12 12.5v2" />
    </>
  ),
  image: (
    <>
      <path d="M4 4.5h16v15H4zM4 16l5-5 4 4 2.5-2.5L20 17" />
      <circle cx="15.5" cy="8.5" r="1.5" />
    </>
  ),
  print: (
    <>
      <path d="M7 8V3.5h10V8M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z" />
    </>
  ),
  chart: (
    <>
      <path d="M4 4v16h16M7.5 15l4-4.5 3 2.5L20 7" />
    </>
  ),
  map: (
    <>
      <path d="m3 6 6-2.5 6 2.5 6-2.5V18l-6 2.5L9 18l-6 2.5zM9 3.5V18M15 6v14.5" />
    </>
  ),
  syringe: (
    <>
      <path d="m15 4 5 5M17.5 6.5 8 16l-3.5.5L5 13l9.5-9.5M4.5 16.5 3 21M10 8.5l2 2M7.5 11l2 2" />
    </>
  ),
  down: (
    <>
      <path d="m5 9 7 7 7-7" />
    </>
  ),
} as const

export type IconName = keyof typeof DRAWN

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`i ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWN[name]}
    </svg>
  )
}
