import L from 'leaflet';
import { useMemo } from 'react';
import { Marker } from 'react-leaflet';
import type { FoundCard } from '../../../api/wire';
import { nearMiddle } from '../../../lib/dateLine';
import { formatMoney } from '../../../lib/money';
import { pointOf } from '../state/pins';
import { pressed } from './pressed';

function priceIcon(listing: FoundCard, highlighted: boolean) {
  const pill = document.createElement('span');
  pill.className = highlighted ? 'price-pill price-pill-on' : 'price-pill';
  pill.dataset.count = '1';
  pill.textContent = formatMoney(Math.round(listing.stay?.total_price ?? listing.price_per_night), listing.currency);
  const name = document.createElement('span');
  name.className = 'sr-only';
  name.textContent = `, ${listing.title}`;
  pill.append(name);
  return L.divIcon({ html: pill, className: '', iconSize: [0, 0] });
}

interface Props {
  listing: FoundCard;
  /** The longitude in the middle of the map. */
  middle: number;
  highlighted: boolean;
  onHighlight: (id: string | null) => void;
  onChoose: (cards: FoundCard[]) => void;
}

export function PriceMarker({ listing, middle, highlighted, onHighlight, onChoose }: Props) {
  const [lng, lat] = pointOf(listing);
  const icon = useMemo(() => priceIcon(listing, highlighted), [listing, highlighted]);
  const handlers = useMemo((): L.LeafletEventHandlerFnMap => {
    const point = () => onHighlight(listing.id);
    const leave = () => onHighlight(null);
    return {
      mouseover: point,
      mouseout: leave,
      ...pressed(() => onChoose([listing])),
      // Leaflet knows no event for the focus of the keyboard.
      add: ({ target }) => {
        const element = (target as L.Marker).getElement();
        element?.addEventListener('focus', point);
        element?.addEventListener('blur', leave);
      },
    };
  }, [listing, onHighlight, onChoose]);
  return <Marker position={[lat, nearMiddle(lng, middle)]} icon={icon} zIndexOffset={highlighted ? 1000 : 0} eventHandlers={handlers} />;
}
