import { useState } from 'react';
import type { FoundCard } from '../../api/wire';
import { ChosenPlaces } from '../../features/search/components/ChosenPlaces';
import { PinLayer } from '../../features/search/components/PinLayer';
import type { Bbox, Filters } from '../../lib/filters';
import { Button } from '../Common/Button';
import { BaseMap } from './BaseMap';
import { MapView, type MapTarget } from './MapView';

interface Props {
  filters: Filters;
  listings: FoundCard[];
  target: MapTarget;
  linkTo: (listing: FoundCard) => string;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onSearchArea: (view: Bbox) => void;
}

export default function ListingMap({ filters, listings, target, linkTo, highlighted, onHighlight, onSearchArea }: Props) {
  const [follow, setFollow] = useState(true);
  const [moved, setMoved] = useState<Bbox | null>(null);
  const [chosen, setChosen] = useState<FoundCard[]>([]);
  const search = (view: Bbox) => {
    setMoved(null);
    onSearchArea(view);
  };
  return (
    <section aria-label="Map of places" className="relative size-full">
      <BaseMap center={[15, 20]} zoom={2}>
        <PinLayer filters={filters} listed={listings} highlighted={highlighted} onHighlight={onHighlight} onChoose={setChosen} />
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
      {chosen.length > 0 && <ChosenPlaces cards={chosen} linkTo={linkTo} onClose={() => setChosen([])} />}
    </section>
  );
}
