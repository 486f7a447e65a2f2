import { Link, useSearchParams } from 'react-router';
import type { BookingTab } from '../../store/slices/bookingThunks';

export interface StatusTab {
  status: BookingTab | null;
  label: string;
  count?: number;
}

interface Props {
  tabs: StatusTab[];
  current: BookingTab | null;
}

/** A tab keeps the other filters of the address and starts at the first page. */
export function StatusTabs({ tabs, current }: Props) {
  const [params] = useSearchParams();
  const linkTo = (status: BookingTab | null) => {
    const next = new URLSearchParams({ ...Object.fromEntries(params), status: status ?? 'all' });
    next.delete('page');
    return `?${next}`;
  };
  return (
    <nav aria-label="Bookings by state" className="-mx-4 overflow-x-auto px-4 py-1">
      <ul className="flex w-max gap-2 sm:w-auto sm:flex-wrap">
        {tabs.map(({ status, label, count }) => (
          <li key={label}>
            <Link
              to={linkTo(status)}
              aria-current={status === current ? 'page' : undefined}
              className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line bg-surface px-4 font-semibold hover:bg-mist aria-[current]:border-pine-700 aria-[current]:bg-pine-700 aria-[current]:text-white"
            >
              {label} {count !== undefined && <span className="rounded-full bg-apricot-100 px-2 text-sm text-apricot-800 tabular-nums">{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
