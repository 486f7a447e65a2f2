import type { Listing } from '../../api/wire';
import { formatDayOrInstant, formatTime } from '../../lib/dates';
import { bathrooms, bedrooms, beds, days, guests, nights } from '../../lib/text';
import { listDays } from '../../lib/weekdays';
import { Icon } from '../Common/Icon';
import { AmenityList } from './AmenityList';
import { Description } from './Description';

function Facts({ listing }: { listing: Listing }) {
  const { capacity } = listing;
  const facts = [
    guests(capacity.max_guests),
    capacity.bedrooms !== null && bedrooms(capacity.bedrooms),
    capacity.beds !== null && capacity.beds > 0 && beds(capacity.beds),
    capacity.bathrooms !== null && capacity.bathrooms > 0 && bathrooms(capacity.bathrooms),
  ].filter((fact) => typeof fact === 'string');
  return (
    <ul aria-label="Facts" className="flex flex-wrap gap-2">
      {facts.map((fact) => (
        <li key={fact} className="rounded-full bg-mist px-4 py-1.5 font-medium">
          {fact}
        </li>
      ))}
    </ul>
  );
}

function HouseRules({ listing }: { listing: Listing }) {
  const rules = [
    listing.check_in_time && `Check-in from ${formatTime(listing.check_in_time)}${listing.check_in_until ? ` to ${formatTime(listing.check_in_until)}` : ''}`,
    listing.check_out_time && `Check-out by ${formatTime(listing.check_out_time)}`,
    listing.min_nights > 1 && `At least ${nights(listing.min_nights)}`,
    listing.max_nights && listing.max_nights < 365 && `At most ${nights(listing.max_nights)}`,
    !!listing.check_in_days?.length && `Check-in on ${listDays(listing.check_in_days)}`,
    !!listing.check_out_days?.length && `Check-out on ${listDays(listing.check_out_days)}`,
    !!listing.lead_days && `Booked at least ${days(listing.lead_days)} ahead`,
  ].filter((rule): rule is string => Boolean(rule));
  if (rules.length === 0) return null;
  return (
    <ul aria-label="Good to know" className="flex flex-wrap gap-x-6 gap-y-2 text-muted">
      {rules.map((rule) => (
        <li key={rule} className="flex items-center gap-2">
          <Icon name="clock" className="size-5 text-pine-600" />
          {rule}
        </li>
      ))}
    </ul>
  );
}

function Host({ host }: { host: NonNullable<Listing['host']> }) {
  return (
    <div className="flex items-center gap-4 rounded-card bg-pine-50 p-4">
      <span aria-hidden="true" className="grid size-12 place-items-center rounded-full bg-pine-700 text-lg font-bold text-white">
        {host.first_name.charAt(0).toUpperCase()}
      </span>
      <p>
        <b className="block">Hosted by {host.first_name}</b>
        {host.since && <span className="text-muted">With Staywell since {formatDayOrInstant(host.since)}</span>}
      </p>
    </div>
  );
}

export function PropertyDetails({ listing }: { listing: Listing }) {
  return (
    <div className="space-y-6">
      <Facts listing={listing} />
      <HouseRules listing={listing} />
      <Description text={listing.description} />
      {listing.host && <Host host={listing.host} />}
      <AmenityList amenities={listing.amenities} />
    </div>
  );
}
