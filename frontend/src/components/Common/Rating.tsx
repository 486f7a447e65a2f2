import type { ListingCard } from '../../api/wire';
import { reviews } from '../../lib/text';

export function Rating({ rating, full = false }: { rating: ListingCard['rating']; full?: boolean }) {
  if (rating.average === null || rating.count === 0) return <span className="text-sm text-muted">New</span>;
  return (
    <span className="inline-flex items-center gap-1 text-sm whitespace-nowrap">
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-4 fill-apricot-500 stroke-apricot-800">
        <path d="m10 2 2.4 5 5.6.700-4.1 3.8 1.1 5.5L10 14.3 5 17l1.1-5.5L2 7.7 7.6 7z" />
      </svg>
      <span className="sr-only">Rated </span>
      <b className="font-semibold">{rating.average.toFixed(2)}</b>
      <span className="text-muted">({full ? reviews(rating.count) : rating.count})</span>
    </span>
  );
}
