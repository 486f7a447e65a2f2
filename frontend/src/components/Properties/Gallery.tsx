import { useState } from 'react';
import type { Listing } from '../../api/wire';
import { buttonStyle } from '../Common/buttonStyle';
import { Dialog } from '../Common/Dialog';
import { ListingImage } from '../Common/ListingImage';

const layouts = {
  1: 'aspect-[3/2] sm:aspect-[5/2]',
  3: 'aspect-[3/2] sm:aspect-[9/4] sm:grid-cols-3 sm:grid-rows-2',
  5: 'aspect-[3/2] sm:aspect-[2/1] sm:grid-cols-4 sm:grid-rows-2',
};

const shownOf = (count: number) => (count >= 5 ? 5 : count >= 3 ? 3 : 1);

const photoAlt = (listing: Listing, index: number, count: number) => `${listing.title}, photo ${index + 1} of ${count}`;

export function Gallery({ listing }: { listing: Listing }) {
  const [open, setOpen] = useState(false);
  const photos = listing.images.length > 0 ? listing.images : [listing.image];
  const shown = shownOf(photos.length);
  return (
    <div className="relative">
      <div className={`grid gap-2 overflow-hidden rounded-card ${layouts[shown]}`}>
        {photos.slice(0, shown).map((photo, index) => (
          <div key={index} className={index === 0 ? `min-h-0 ${shown > 1 ? 'sm:col-span-2 sm:row-span-2' : ''}` : 'hidden min-h-0 sm:block'}>
            <ListingImage src={photo} seed={`${listing.id}${index || ''}`} alt={photoAlt(listing, index, photos.length)} eager={index === 0} sizes={index === 0 && shown > 1 ? '(min-width: 1152px) 36rem, 100vw' : '(min-width: 1152px) 72rem, 100vw'} />
          </div>
        ))}
      </div>
      {photos.length > 1 && (
        <button type="button" onClick={() => setOpen(true)} className={`${buttonStyle('secondary')} absolute right-3 bottom-3`}>
          All {photos.length} photos
        </button>
      )}
      {open && (
        <Dialog title="Photos" wide onClose={() => setOpen(false)}>
          <ul className="grid gap-3 sm:grid-cols-2">
            {photos.map((photo, index) => (
              <li key={index} className="aspect-[3/2] overflow-hidden rounded-xl">
                <ListingImage src={photo} seed={`${listing.id}${index || ''}`} alt={photoAlt(listing, index, photos.length)} />
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </div>
  );
}
