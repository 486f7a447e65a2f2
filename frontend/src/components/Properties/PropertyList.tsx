import type { FoundCard } from '../../api/wire';
import { PER_PAGE } from '../../features/search/api/foundPages';
import { PropertyCard } from './PropertyCard';

interface Props {
  listings: FoundCard[];
  loading: boolean;
  /** So many pages are asked for: while they load, the page is as long as it will be. */
  pages: number;
  /** The query that the listings answer. */
  answered: string | undefined;
  linkTo: (listing: FoundCard) => string;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
}

export const cardGrid = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,14.5rem),1fr))] gap-4';
const EAGER_IMAGES = 4;
const SKELETONS = 6;

function CardSkeleton() {
  return (
    <div className="card overflow-hidden">
      <div className="skeleton aspect-[5/3] rounded-none" />
      <div className="space-y-3 p-3">
        <div className="skeleton h-4 w-2/3" />
        <div className="skeleton h-5" />
        <div className="skeleton h-4 w-1/2" />
      </div>
    </div>
  );
}

export const CardSkeletons = ({ label, count = SKELETONS }: { label: string; count?: number }) => (
  <div role="status" aria-label={label} className={cardGrid}>
    {Array.from({ length: count }, (_, index) => (
      <CardSkeleton key={index} />
    ))}
  </div>
);

export function PropertyList({ listings, loading, pages, answered, linkTo, highlighted, onHighlight }: Props) {
  if (loading && listings.length === 0)
    return <CardSkeletons label="Loading places" count={pages > 1 ? pages * PER_PAGE : SKELETONS} />;
  return (
    <ul aria-label="Places to stay" aria-busy={loading} data-query={answered} className={`${cardGrid} transition-opacity ${loading ? 'opacity-60' : ''}`}>
      {listings.map((listing, index) => (
        <li key={listing.id}>
          <PropertyCard listing={listing} to={linkTo(listing)} highlighted={listing.id === highlighted} onHighlight={onHighlight} eager={index < EAGER_IMAGES} />
        </li>
      ))}
    </ul>
  );
}
