const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3.5V8M15 3.5V8',
  tasks: 'M4 7l2 2 3-3M4 16l2 2 3-3M12.5 8H20M12.5 17H20',
  devices: 'M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2',
  plus: 'M12 5v14M5 12h14',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  close: 'M6 6l12 12M18 6L6 18',
  trash: 'M5 7h14M10 4h4M7 7l1 13h8l1-13',
  search: 'M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5',
  lock: 'M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3',
} as const;

export type IconName = keyof typeof paths;

/** @param label what it says where no text stands beside it */
export const Icon = ({ name, label }: { readonly name: IconName; readonly label?: string }) => (
  <svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width={name === 'more' ? 3 : 1.8}
    stroke-linecap="round"
    stroke-linejoin="round"
    {...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label })}
  >
    <path d={paths[name]} />
  </svg>
);
