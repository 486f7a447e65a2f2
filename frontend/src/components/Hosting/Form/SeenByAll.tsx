import { lazy, Suspense } from 'react';
import type { OwnListing } from '../../../api/wire';
import { areaName } from '../../../lib/text';
import { LoadingSpinner } from '../../Common/LoadingSpinner';

const SpotMap = lazy(() => import('../../Map/SpotMap'));

/** The saved place as it is shown to those without a confirmed booking. */
export function SeenByAll({ location }: { location: OwnListing['public_location'] }) {
  return (
    <figure className="m-0">
      <figcaption className="mb-2 text-sm">
        <b className="font-semibold">What everybody sees:</b> {areaName(location)}. It follows when you save another place.
      </figcaption>
      <div className="isolate h-56 overflow-hidden rounded-card border border-line">
        <Suspense fallback={<LoadingSpinner label="Loading the map" />}>
          <SpotMap key={location.coordinates.coordinates.join()} coordinates={location.coordinates.coordinates} />
        </Suspense>
      </div>
    </figure>
  );
}
