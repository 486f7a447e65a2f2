import { NavLink } from 'react-router';

const tabs = [
  { path: '', label: 'Details' },
  { path: '/photos', label: 'Photos' },
  { path: '/calendar', label: 'Calendar' },
  { path: '/ranking', label: 'Ranking' },
];

export function ListingTabs({ listingId }: { listingId: string }) {
  return (
    <nav aria-label="Parts of the listing" className="border-b border-line">
      <ul className="flex gap-1">
        {tabs.map(({ path, label }) => (
          <li key={label}>
            <NavLink
              to={`/host/listings/${listingId}${path}`}
              end
              preventScrollReset
              className="-mb-px inline-flex min-h-11 items-center border-b-3 border-transparent px-4 font-semibold text-muted hover:text-ink aria-[current]:border-pine-700 aria-[current]:text-pine-700"
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
