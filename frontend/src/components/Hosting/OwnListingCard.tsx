import { useState } from 'react';
import { Link } from 'react-router';
import type { OwnCard } from '../../api/wire';
import { formatMoney } from '../../lib/money';
import { propertyTypes } from '../../lib/propertyTypes';
import { guests, placeName } from '../../lib/text';
import { buttonStyle } from '../Common/buttonStyle';
import { Button } from '../Common/Button';
import { Icon, type IconName } from '../Common/Icon';
import { ListingImage } from '../Common/ListingImage';
import { DeleteDialog } from './DeleteDialog';
import { PublishButton } from './PublishButton';

const doors: { tab: string; label: string; icon: IconName }[] = [
  { tab: '', label: 'Edit', icon: 'pencil' },
  { tab: '/photos', label: 'Photos', icon: 'camera' },
  { tab: '/calendar', label: 'Calendar', icon: 'calendar' },
];

export function OwnListingCard({ listing, onChanged }: { listing: OwnCard; onChanged: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const base = `/host/listings/${listing.id}`;
  return (
    <article aria-label={listing.title} className="card overflow-hidden sm:flex">
      <div className="aspect-[5/2] shrink-0 overflow-hidden sm:aspect-auto sm:w-52">
        <ListingImage src={listing.image} seed={listing.id} />
      </div>
      <div className="min-w-0 flex-1 space-y-3 p-4 sm:p-5">
        <div>
          <h2 className="text-lg font-bold wrap-anywhere">
            <Link to={base} className="-my-2 inline-block py-2 hover:underline">
              {listing.title}
            </Link>
          </h2>
          <p className="text-muted">
            {propertyTypes[listing.property_type]} · {placeName(listing.location)} · {guests(listing.capacity.max_guests)}
          </p>
          <p>
            <b>{formatMoney(listing.price_per_night, listing.currency)}</b> a night
          </p>
        </div>
        {listing.is_suspended && (
          <p className="rounded-xl bg-rose-50 p-3 text-rose-800">Suspended by Staywell: nobody can find or book it until our support restores it.</p>
        )}
        <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-3">
          <div className="-mx-3 flex">
            {doors.map(({ tab, label, icon }) => (
              <Link key={label} to={base + tab} className={`${buttonStyle('quiet')} gap-1.5! px-3!`}>
                <Icon name={icon} /> {label}
              </Link>
            ))}
          </div>
          <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:border-t max-sm:border-line max-sm:pt-3">
            {!listing.is_suspended && <PublishButton listing={listing} onChanged={onChanged} />}
            <Button tone="quiet" className="text-rose-600! enabled:hover:bg-rose-50!" onClick={() => setDeleting(true)}>
            <Icon name="trash" /> Delete
            </Button>
          </div>
        </div>
      </div>
      {deleting && <DeleteDialog listing={listing} onClose={() => setDeleting(false)} onDeleted={onChanged} />}
    </article>
  );
}
