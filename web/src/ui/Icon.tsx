// The line icons of the product, drawn on a 24-unit grid; decorative unless given a label.
const paths = {
  alert:
    "M12 8v5m0 3.5v.01M10.3 3.9 2.6 17.2a2 2 0 0 0 1.7 3h15.4a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z",
  arrowDown: "M12 5v14m-5-5 5 5 5-5",
  arrowLeft: "M19 12H5m6-6-6 6 6 6",
  arrowUp: "M12 19V5m-5 5 5-5 5 5",
  bell: "M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9Zm4 10.5a2.2 2.2 0 0 0 4 0",
  bellOff:
    "m4 4 16 16M7.200 6.500A6 6 0 0 0 6 9c0 6-2.500 7-2.500 7H16M9.500 3.600A6 6 0 0 1 18 9c0 2 .300 3.500.700 4.500M10 19.500a2.200 2.200 0 0 0 4 0",
  ban: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM5.700 5.700l12.600 12.600",
  book: "M4 5.5A2.5 2.5 0 0 1 6.5 3H20v15H6.5A2.5 2.5 0 0 0 4 20.5v-15Zm0 15A2.5 2.5 0 0 0 6.5 22H20v-4",
  bot: "M12 7V3.5M7 7h10a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3Zm2 5v2m6-2v2",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2.500 12.500 4 4L14 8m-3.500 6.500 2 2L21.500 8",
  chevronDown: "m6 9 6 6 6-6",
  chevronRight: "m9 6 6 6-6 6",
  clock: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  close: "M6 6l12 12M18 6 6 18",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5",
  columns: "M4 5h16v14H4V5Zm5.5 0v14m5-14v14",
  copy: "M9 9h10v11H9V9Zm-4 6V4h10",
  dots: "M5 12a.75.75 0 1 0 1.5 0 .75.75 0 1 0-1.5 0m6.25 0a.75.75 0 1 0 1.5 0 .75.75 0 1 0-1.5 0m6.25 0a.75.75 0 1 0 1.5 0 .75.75 0 1 0-1.5 0",
  edit: "M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4",
  external: "M14 4h6v6m0-6-9 9M10 5H5v14h14v-5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm12.3 0a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0Z",
  eyeOff:
    "m4 4 16 16M9.9 5.8A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3M6 7.6C3.7 9.3 2.5 12 2.5 12S6 18.5 12 18.500c1.4 0 2.7-.3 3.8-.9",
  filter: "M4 6h16M7 12h10m-7 6h4",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  flow: "M5 4h5v5H5V4Zm9 11h5v5h-5v-5ZM7.5 9v5.500a3 3 0 0 0 3 3H14",
  help: "M9.3 9a2.8 2.8 0 0 1 5.4.9c0 1.9-2.7 2.3-2.7 4.100m0 3v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  history: "M4 12a8 8 0 1 0 2.5-5.800M4 4v4.500h4.500M12 8v4.500l3 1.500",
  image: "M4 5h16v14H4V5Zm0 11 5-5 4 4 3-3 4 4M9 9.500h.01",
  inbox: "M3.5 13 6 5h12l2.5 8v6h-17v-6Zm0 0H8l1.5 2.500h5L16 13h4.5",
  key: "M14 10a4.5 4.5 0 1 1-1.3-3.200A4.5 4.5 0 0 1 14 10Zm-1.3 3.200L20 20.500m-3-3 2-2",
  keyboard: "M3 6h18v12H3V6Zm4 4h.01M12 10h.01M17 10h.01M8 14h8",
  language:
    "M3 6h10M8 4v2m2.5 0C10 10 7 13 3.5 14.500M5.5 9c1 2.5 3 4.5 5.5 5.500M12.5 20 17 9.5 21.5 20m-7.5-3.500h6",
  layout: "M3 9h6v6H3V9Zm12-5h6v6h-6V4Zm0 10h6v6h-6v-6ZM9 12h3m0 0V7h3m-3 5v5h3",
  link: "M10 14a4 4 0 0 0 6 .500l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.500l-3 3a4 4 0 0 0 6 6l1-1",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  lock: "M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
  logout: "M10 4H5v16h5m4-12 4 4-4 4m4-4H9",
  menu: "M4 7h16M4 12h16M4 17h16",
  message: "M4 5h16v11H11l-5 4v-4H4V5Z",
  minus: "M6 12h12",
  moon: "M20 14.500A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.500Z",
  paperclip:
    "m20 11-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 5 5l-8.500 8.500a1.700 1.700 0 0 1-2.500-2.500L15 7",
  pause: "M8 5v14M16 5v14",
  phone:
    "M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z",
  pin: "M12 14v7M8 3h8l-1 6 3 5H6l3-5-1-6Z",
  place:
    "M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12Zm2.500-12a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0Z",
  play: "M7 5v14l12-7L7 5Z",
  plus: "M12 5v14M5 12h14",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  redo: "M20 9H9a5 5 0 0 0 0 10h3m8-10-4-4m4 4-4 4",
  refresh:
    "M20 11a8 8 0 0 0-14.5-4L4 8.500M4 4v4.500h4.500M4 13a8 8 0 0 0 14.5 4l1.5-1.500m0 4.500v-4.500h-4.5",
  search: "M17 11a6 6 0 1 1-12 0 6 6 0 0 1 12 0Zm-1.7 4.300L20 20",
  send: "M4 12 20 4l-5 16-3.5-6.500L4 12Zm7.5 1.500L20 4",
  settings:
    "M4 7h9m4 0h3M4 17h3m4 0h9M17 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0Zm-6 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z",
  shield: "M12 3 4.5 6v5.500c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.500V6L12 3Z",
  sidebar: "M4 5h16v14H4V5Zm6 0v14",
  sort: "M8 5v14m-3-3 3 3 3-3M16 19V5m-3 3 3-3 3 3",
  sun: "M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.400M5.6 18.4 7 17M17 7l1.4-1.400M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z",
  tag: "M4 4h8l8.500 8.500-8 8L4 12V4Zm4.500 4.500h.01",
  transfer: "M4 8h14m-4-4 4 4-4 4M20 16H6m4 4-4-4 4-4",
  trash: "M4 7h16M9 7V4h6v3m3 0-1 13H7L6 7m4 4v5m4-5v5",
  undo: "M4 9h11a5 5 0 0 1 0 10h-3M4 9l4-4M4 9l4 4",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8.500c.6-4 3.8-5.5 8-5.500s7.4 1.5 8 5.5",
  users:
    "M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 7.500c.4-3.5 3-5 6.5-5s6.1 1.5 6.5 5M15.5 5.300a3.5 3.5 0 0 1 0 6.400m2.5 3.100c2 .6 3.2 2.1 3.5 4.7",
  webhook:
    "M9.5 9.500a3.5 3.5 0 1 1 5 0L17 15M6.5 19a3.5 3.5 0 1 1 2-6.300L11.5 7m6 12a3.5 3.5 0 1 0-3-5.300M9.8 17H14",
  wifiOff:
    "m4 4 16 16M8.5 16.500a5 5 0 0 1 7 0M5 12.500a10 10 0 0 1 5-2.700m4.5.3a10 10 0 0 1 4.5 2.400M2 9a15 15 0 0 1 4.5-2.900M11 5a15 15 0 0 1 11 4M12 20h.01",
} as const;

export type IconName = keyof typeof paths;

type Props = { name: IconName; size?: number; label?: string };

export function Icon({ name, size = 16, label }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      style={{ flex: "none" }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
