import type { ListingCard } from '../../api/wire';
import { PropertyCard } from './PropertyCard';

interface Props {
  listings: ListingCard[];
  loading: boolean;
  /** The query that the listings answer. */
  answered: string | undefined;
  linkTo: (id: string) => string;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
}

export const cardGrid = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,16.5rem),1fr))] gap-4';
const EAGER_IMAGES = 4;
const placeholders = Array.from({ length: 6 }, (_, index) => index);

function CardSkeleton() {
  return (
    <div className="card overflow-hidden">
      <div className="skeleton aspect-[3/2] rounded-none" />
      <div className="space-y-3 p-4">
        <div className="skeleton h-4 w-2/3" />
        <div className="skeleton h-5" />
        <div className="skeleton h-4 w-1/2" />
      </div>
    </div>
  );
}

export const CardSkeletons = ({ label }: { label: string }) => (
  <div role="status" aria-label={label} className={cardGrid}>
    {placeholders.map((index) => (
      <CardSkeleton key={index} />
    ))}
  </div>
);

export function PropertyList({ listings, loading, answered, linkTo, highlighted, onHighlight }: Props) {
  if (loading && listings.length === 0)
    return <CardSkeletons label="Loading places" />;
  return (
    <ul aria-label="Places to stay" aria-busy={loading} data-query={answered} className={`${cardGrid} transition-opacity ${loading ? 'opacity-60' : ''}`}>
      {listings.map((listing, index) => (
        <li key={listing.id}>
          <PropertyCard listing={listing} to={linkTo(listing.id)} highlighted={listing.id === highlighted} onHighlight={onHighlight} eager={index < EAGER_IMAGES} />
        </li>
      ))}
    </ul>
  );
}
