import { useId } from 'react';
import type { AmenityKind, Currency, Facets } from '../../api/wire';
import { AmenitySection } from '../../features/search/components/filters/AmenitySection';
import { CountedCheck } from '../../features/search/components/filters/CountedCheck';
import { PriceSection } from '../../features/search/components/filters/PriceSection';
import { countOf, freeCount } from '../../features/search/state/counts';
import type { Filters } from '../../lib/filters';
import { toggled } from '../../lib/preferences';
import { propertyTypes, readPropertyType } from '../../lib/propertyTypes';
import { ChipGroup } from '../Common/ChipGroup';
import { Field } from '../Common/Field';
import { Stepper } from '../Common/Stepper';

interface Props {
  filters: Filters;
  /** Of what the filters leave, and of what a price and a type are chosen from; unknown while it is counted. */
  left: Facets | undefined;
  range: Facets | undefined;
  kinds: AmenityKind[];
  currency: Currency;
  onChange: (patch: Partial<Filters>) => void;
}

const MOST_ROOMS = 10;
const rooms = [
  ['bedrooms', 'Bedrooms'],
  ['beds', 'Beds'],
  ['bathrooms', 'Bathrooms'],
] as const;
const ratings = [
  ['', 'Any'],
  ['4', '4.0 or more'],
  ['4.5', '4.5 or more'],
  ['4.8', '4.8 or more'],
] as const;
const counted = (name: string, count: number | undefined) => (count === undefined ? name : `${name} (${count})`);

/** All that narrows a search, with how many places each choice leaves. */
export function PropertyFilters({ filters, left, range, kinds, currency, onChange }: Props) {
  const id = useId();
  const features = kinds.filter(({ group }) => group === 'accessibility');
  const types = [['', 'Any type'], ...Object.entries(propertyTypes).map(([type, name]) => [type, counted(name, countOf(range?.property_types, type))])] as [string, string][];
  return (
    <div className="space-y-7">
      <PriceSection filters={filters} facets={range} currency={currency} onChange={onChange} />
      <ChipGroup legend="Type of place" name={`${id}-type`} options={types} chosen={[filters.propertyType]} onToggle={(type) => onChange({ propertyType: readPropertyType(type) })} />
      <section aria-labelledby={`${id}-rooms`} className="space-y-2">
        <h3 id={`${id}-rooms`} className="font-bold">
          Rooms and beds
        </h3>
        {rooms.map(([name, label]) => (
          <Stepper key={name} label={label} value={filters[name] ?? 0} min={0} max={MOST_ROOMS} onChange={(count) => onChange({ [name]: count || null })} describe={(count) => (count ? `${count} or more` : 'Any')} />
        ))}
      </section>
      <ChipGroup legend="Rating" name={`${id}-rating`} options={ratings} chosen={[String(filters.minRating ?? '') as (typeof ratings)[number][0]]} onToggle={(rating) => onChange({ minRating: Number(rating) || null })} />
      <section aria-labelledby={`${id}-booking`}>
        <h3 id={`${id}-booking`} className="mb-1 font-bold">
          Booking and arrival
        </h3>
        <CountedCheck label="Instant booking" checked={filters.instantBook} count={left?.instant_book} onToggle={() => onChange({ instantBook: !filters.instantBook })} />
        <CountedCheck label="Free cancellation" checked={filters.freeCancellation} count={freeCount(left)} onToggle={() => onChange({ freeCancellation: !filters.freeCancellation })} />
        <CountedCheck label="Self check-in" checked={filters.selfCheckIn} count={countOf(left?.amenities, 'self_check_in')} onToggle={() => onChange({ selfCheckIn: !filters.selfCheckIn })} />
      </section>
      <AmenitySection kinds={kinds} chosen={filters.amenities} facets={left} onChange={(amenities) => onChange({ amenities })} />
      {features.length > 0 && (
        <section aria-labelledby={`${id}-access`}>
          <h3 id={`${id}-access`} className="mb-1 font-bold">
            Accessibility
          </h3>
          <ul className="grid gap-x-4 sm:grid-cols-2">
            {features.map((kind) => (
              <li key={kind.id}>
                <CountedCheck label={kind.name} checked={filters.accessibility.includes(kind.id)} count={countOf(left?.amenities, kind.id)} onToggle={() => onChange({ accessibility: toggled(filters.accessibility, kind.id) })} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Field label="Words in the description" maxLength={200} value={filters.words} onChange={(event) => onChange({ words: event.target.value })} />
    </div>
  );
}
