import type { Listing } from '../../api/wire';
import { propertyTypes } from '../../lib/propertyTypes';
import { placeName } from '../../lib/text';
import { Rating } from '../Common/Rating';
import { AskHostLink } from '../Threads/AskHostLink';
import { FavoriteButton } from './FavoriteButton';
import { Gallery } from './Gallery';

export function ListingIntro({ listing }: { listing: Listing }) {
  return (
    <div className="space-y-4">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
        <h1 className="text-2xl font-bold wrap-anywhere sm:text-3xl">{listing.title}</h1>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
          <Rating rating={listing.rating} full />
          <span>
            {propertyTypes[listing.property_type]} · {placeName(listing.location)}
          </span>
        </p>
        </div>
        <div className="flex shrink-0 items-center gap-2">
          <AskHostLink listing={listing} />
          <FavoriteButton listing={listing} className="shrink-0" />
        </div>
      </div>
      <Gallery listing={listing} />
    </div>
  );
}
