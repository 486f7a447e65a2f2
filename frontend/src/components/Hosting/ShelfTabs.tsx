import { Link } from 'react-router';
import type { Shelf } from '../../store/slices/hostingThunks';

const tabs: { shelf: Shelf; label: string }[] = [
  { shelf: 'active', label: 'Published' },
  { shelf: 'inactive', label: 'Withdrawn' },
];

export function ShelfTabs({ current }: { current: Shelf }) {
  return (
    <nav aria-label="Listings by state">
      <ul className="flex gap-2">
        {tabs.map(({ shelf, label }) => (
          <li key={shelf}>
            <Link
              to={`?status=${shelf}`}
              aria-current={shelf === current ? 'page' : undefined}
              className="inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-4 font-semibold hover:bg-mist aria-[current]:border-pine-700 aria-[current]:bg-pine-700 aria-[current]:text-white"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
