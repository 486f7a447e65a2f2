import { Link } from 'react-router';
import type { FoundCard } from '../../api/wire';
import { formatRange } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { propertyTypes } from '../../lib/propertyTypes';
import { bedrooms, beds, guests, nights } from '../../lib/text';
import { ListingImage } from '../Common/ListingImage';
import { Rating } from '../Common/Rating';
import { FavoriteButton } from './FavoriteButton';

interface Props {
  listing: FoundCard;
  to: string;
  highlighted?: boolean;
  onHighlight?: (id: string | null) => void;
  eager?: boolean;
  /** Why it is shown, below the facts. */
  note?: string;
}

export function PropertyCard({ listing, to, highlighted = false, onHighlight, eager, note }: Props) {
  const { capacity, location, stay, currency } = listing;
  const facts = [
    guests(capacity.max_guests),
    capacity.bedrooms !== null && bedrooms(capacity.bedrooms),
    capacity.beds !== null && capacity.beds > 0 && beds(capacity.beds),
  ].filter(Boolean);
  return (
    <article
      onPointerEnter={() => onHighlight?.(listing.id)}
      onPointerLeave={() => onHighlight?.(null)}
      className={`card relative flex h-full flex-col overflow-hidden transition-shadow focus-within:ring-3 focus-within:ring-pine-600 hover:shadow-pop ${highlighted ? 'ring-2 ring-apricot-500' : ''}`}
    >
      <div className="aspect-[5/3] overflow-hidden bg-mist">
        <ListingImage src={listing.image} seed={listing.id} eager={eager} />
      </div>
      <div className="flex flex-1 flex-col gap-0.5 p-3">
        <div className="flex items-center justify-between gap-2 text-sm text-muted">
          <span className="truncate">
            {propertyTypes[listing.property_type]} · {location.city}
          </span>
          <Rating rating={listing.rating} />
        </div>
        <h3 className="line-clamp-2 leading-snug font-semibold wrap-anywhere">
          <Link to={to} className="outline-none after:absolute after:inset-0" onFocus={() => onHighlight?.(listing.id)} onBlur={() => onHighlight?.(null)}>
            {listing.title}
          </Link>
        </h3>
        <p className="text-sm text-muted">{facts.join(' · ')}</p>
        {note && <p className="text-sm font-medium text-pine-700">{note}</p>}
        {stay?.check_in && stay.check_out && <p className="text-sm font-medium">{formatRange(stay.check_in, stay.check_out)}</p>}
        <p className="mt-auto pt-1">
          {stay ? (
            <span>
              <b className="font-bold">{formatMoney(stay.total_price, currency)}</b> <span className="text-[0.8125rem] text-muted">total · {nights(stay.nights)}</span>
            </span>
          ) : (
            <span>
              <b className="font-bold">{formatMoney(listing.price_per_night, currency)}</b> <span className="text-sm text-muted">a night</span>
            </span>
          )}
        </p>
      </div>
      <FavoriteButton listing={listing} className="absolute top-2 right-2 z-10" />
    </article>
  );
}
