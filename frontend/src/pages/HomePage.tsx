import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '../components/Common/Button';
import { Icon } from '../components/Common/Icon';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { Hero } from '../components/Properties/Hero';
import { SearchPanel } from '../features/search/components/SearchPanel';
import { SearchResults } from '../features/search/components/SearchResults';
import { useMediaQuery } from '../hooks/useMediaQuery';
import { useSearch } from '../hooks/useSearch';
import { isFiltered, type Bbox } from '../lib/filters';
import { hasRole } from '../lib/roles';
import { useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';

const ForYou = lazy(async () => ({ default: (await import('../components/Properties/ForYou')).ForYou }));
const ListingMap = lazy(() => import('../components/Map/ListingMap'));

export function HomePage() {
  const search = useSearch();
  const { filters, apply, linkTo, listings, place } = search;
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const [mapChosen, setMapChosen] = useState(false);
  const traveler = hasRole(useAppSelector(selectUser), 'traveler');
  const wide = useMediaQuery('(min-width: 1024px)');
  const filtered = isFiltered(filters);
  const inside = filtered || (mapChosen && !wide);
  const pointing = { linkTo, highlighted, onHighlight: setHighlighted };

  const target = useMemo(() => {
    if (filters.bbox) return { bbox: filters.bbox };
    if (place) return { bbox: place.bbox as Bbox };
    if (filters.near) return { center: filters.near };
    return { points: listings.map((listing) => listing.location.coordinates.coordinates) };
  }, [filters.bbox, filters.near, place, listings]);

  return (
    <>
      <title>{filters.location ? `${filters.location} · Staywell` : 'Staywell: places to stay'}</title>
      {inside ? <h1 className="sr-only">Places to stay</h1> : <Hero />}
      <div className={`relative z-[1060] mx-auto max-w-[1600px] px-4 sm:px-6 ${inside ? 'pt-3' : '-mt-14'}`}>
        <SearchPanel filters={filters} compact={inside} narrow={!wide} onSearch={(patch, took) => apply(patch, { took })} />
      </div>
      {!inside && traveler && (
        <Suspense fallback={null}>
          <ForYou />
        </Suspense>
      )}
      <div className="mx-auto grid max-w-[1600px] gap-6 px-4 py-3 sm:px-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,42%)]">
        {(wide || !mapChosen) && <SearchResults search={search} filtered={filtered} {...pointing} />}
        {(wide || mapChosen) && (
          <div className="isolate h-[calc(100dvh-11.5rem)] overflow-hidden rounded-card border border-line lg:sticky lg:top-20 lg:h-[calc(100dvh-6rem)]">
            <Suspense fallback={<LoadingSpinner label="Loading the map" />}>
              <ListingMap filters={filters} listings={listings} target={target} onSearchArea={(bbox) => apply({ bbox, near: null }, { replace: true })} {...pointing} />
            </Suspense>
          </div>
        )}
      </div>
      {!wide && (
        <div className={`pointer-events-none sticky z-[1050] flex justify-center pb-4 ${mapChosen ? 'bottom-10' : 'bottom-4'}`}>
          <Button className="pointer-events-auto shadow-pop" onClick={() => setMapChosen(!mapChosen)}>
            <Icon name={mapChosen ? 'list' : 'map'} /> {mapChosen ? 'Show list' : 'Show map'}
          </Button>
        </div>
      )}
    </>
  );
}
