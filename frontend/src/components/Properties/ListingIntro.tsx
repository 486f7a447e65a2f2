import type { Listing } from '../../api/types';
import { propertyTypes } from '../../lib/propertyTypes';
import { placeName } from '../../lib/text';
import { Rating } from '../Common/Rating';
import { Gallery } from './Gallery';

export function ListingIntro({ listing }: { listing: Listing }) {
  return (
    <div className="space-y-4">
      <div>
        <h1 className="text-2xl font-bold wrap-anywhere sm:text-3xl">{listing.title}</h1>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
          <Rating rating={listing.rating} full />
          <span>
            {propertyTypes[listing.property_type]} · {placeName(listing.location)}
          </span>
        </p>
      </div>
      <Gallery listing={listing} />
    </div>
  );
}
