import type { ListingCard } from '../../api/wire';
import { Button } from '../Common/Button';
import { ListingImage } from '../Common/ListingImage';

interface Props {
  listing: ListingCard;
  onRemove: () => void;
}

/** A favorite that its host took down: it can be looked back at, not opened. */
export function WithdrawnCard({ listing, onRemove }: Props) {
  return (
    <article aria-label={listing.title} className="card flex h-full flex-col overflow-hidden">
      <div className="relative aspect-[3/2] overflow-hidden bg-mist">
        <ListingImage src={listing.image} seed={listing.id} className="opacity-50 grayscale" />
        <span className="absolute top-3 left-3 rounded-full bg-surface px-3 py-1 text-sm font-semibold">Not offered now</span>
      </div>
      <div className="flex flex-1 flex-col gap-1 p-4">
        <p className="truncate text-sm text-muted">{listing.location.city}</p>
        <h3 className="line-clamp-2 font-semibold wrap-anywhere">{listing.title}</h3>
        <p className="text-sm text-muted">Its host has withdrawn it. It may come back.</p>
        <Button tone="secondary" className="mt-auto self-start" aria-label={`Remove ${listing.title}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
    </article>
  );
}
