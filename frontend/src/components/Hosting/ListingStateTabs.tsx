import { Link } from 'react-router';
import type { ListingState } from '../../store/slices/hostingThunks';

const tabs: { state: ListingState; label: string }[] = [
  { state: 'active', label: 'Published' },
  { state: 'inactive', label: 'Withdrawn' },
];

export function ListingStateTabs({ current }: { current: ListingState }) {
  return (
    <nav aria-label="Listings by state">
      <ul className="flex gap-2">
        {tabs.map(({ state, label }) => (
          <li key={state}>
            <Link
              to={`?status=${state}`}
              aria-current={state === current ? 'page' : undefined}
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
