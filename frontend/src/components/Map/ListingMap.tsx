import { useState } from 'react';
import type { FoundCard, Place } from '../../api/wire';
import type { Bbox } from '../../lib/filters';
import { Button } from '../Common/Button';
import { BaseMap } from './BaseMap';
import { MapView, type MapTarget } from './MapView';
import { PlaceLabels } from './PlaceLabels';
import { PriceMarker } from './PriceMarker';

interface Props {
  listings: FoundCard[];
  places: Place[];
  target: MapTarget;
  linkTo: (listing: FoundCard) => string;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onSearchArea: (view: Bbox) => void;
}

export default function ListingMap({ listings, places, target, linkTo, highlighted, onHighlight, onSearchArea }: Props) {
  const [follow, setFollow] = useState(true);
  const [moved, setMoved] = useState<Bbox | null>(null);
  const search = (view: Bbox) => {
    setMoved(null);
    onSearchArea(view);
  };
  return (
    <section aria-label="Map of places" className="relative size-full">
      <BaseMap center={[15, 20]} zoom={2}>
        <PlaceLabels places={places} />
        {listings.map((listing) => (
          <PriceMarker key={listing.id} listing={listing} to={linkTo(listing)} highlighted={listing.id === highlighted} onHighlight={onHighlight} />
        ))}
        <MapView target={target} onMove={follow ? search : setMoved} />
      </BaseMap>
      <div className="pointer-events-none absolute inset-x-0 top-3 z-[1000] flex flex-col items-center gap-2 pr-3 pl-16">
        <label className="pointer-events-auto flex min-h-11 items-center gap-2 rounded-full bg-surface px-4 text-sm whitespace-nowrap font-semibold shadow-pop">
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} className="size-5 accent-pine-700" />
          Search as I move the map
        </label>
        {!follow && moved && (
          <Button className="pointer-events-auto shadow-pop" onClick={() => search(moved)}>
            Search this area
          </Button>
        )}
      </div>
    </section>
  );
}
