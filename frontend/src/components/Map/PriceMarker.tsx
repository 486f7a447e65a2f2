import L from 'leaflet';
import { useMemo } from 'react';
import { Marker, Popup } from 'react-leaflet';
import { Link } from 'react-router';
import type { FoundCard } from '../../api/wire';
import { useMapMiddle } from '../../hooks/useMapMiddle';
import { nearMiddle } from '../../lib/dateLine';
import { formatMoney, formatShortMoney } from '../../lib/money';
import { nights } from '../../lib/text';
import { ListingImage } from '../Common/ListingImage';

function priceIcon(listing: FoundCard, highlighted: boolean) {
  const pill = document.createElement('span');
  pill.className = highlighted ? 'price-pill price-pill-on' : 'price-pill';
  pill.textContent = formatShortMoney(listing.stay?.total_price ?? listing.price_per_night, listing.currency);
  const name = document.createElement('span');
  name.className = 'sr-only';
  name.textContent = `, ${listing.title}`;
  pill.append(name);
  return L.divIcon({ html: pill, className: '', iconSize: [0, 0] });
}

interface Props {
  listing: FoundCard;
  to: string;
  highlighted: boolean;
  onHighlight: (id: string | null) => void;
}

export function PriceMarker({ listing, to, highlighted, onHighlight }: Props) {
  const [lng, lat] = listing.location.coordinates.coordinates;
  const middle = useMapMiddle();
  const icon = useMemo(() => priceIcon(listing, highlighted), [listing, highlighted]);
  const handlers = useMemo(
    () => ({ mouseover: () => onHighlight(listing.id), mouseout: () => onHighlight(null) }),
    [listing.id, onHighlight],
  );
  return (
    <Marker position={[lat, nearMiddle(lng, middle)]} icon={icon} zIndexOffset={highlighted ? 1000 : 0} eventHandlers={handlers}>
      <Popup offset={[0, -8]} closeButton={false} autoPan={false} minWidth={220} maxWidth={220}>
        <Link to={to} className="block overflow-hidden rounded-xl font-sans text-ink!">
          <span className="block aspect-[3/2] overflow-hidden">
            <ListingImage src={listing.image} seed={listing.id} eager />
          </span>
          <span className="block p-3 text-sm">
            <span className="line-clamp-2 font-semibold">{listing.title}</span>
            {listing.stay ? `${formatMoney(listing.stay.total_price, listing.currency)} total · ${nights(listing.stay.nights)}` : `${formatMoney(listing.price_per_night, listing.currency)} a night`}
          </span>
        </Link>
      </Popup>
    </Marker>
  );
}
