import { lazy, Suspense, useEffect } from 'react';
import type { OwnListing } from '../../../api/wire';
import { findPlace } from '../../../lib/filters';
import { LONGEST_INSTRUCTIONS } from '../../../lib/listingRules';
import { useAppDispatch, useAppSelector } from '../../../store/hooks';
import { fetchPlaces, selectSearch } from '../../../store/slices/searchSlice';
import { Field } from '../../Common/Field';
import { LoadingSpinner } from '../../Common/LoadingSpinner';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';
import { LabelledField } from './LabelledField';
import { FarFromCity } from './FarFromCity';
import { SeenByAll } from './SeenByAll';

const PinMap = lazy(() => import('../../Map/PinMap'));
const DIGITS = 6;

export function PlaceSection({ form, listing }: { form: FormApi; listing: OwnListing | null }) {
  const dispatch = useAppDispatch();
  const { errors, ...instructions } = bindText(form, 'arrival_instructions');
  const { places, placesLoaded } = useAppSelector(selectSearch);
  const { lat, lng, city } = form.draft;
  const marked = lat.trim() !== '' && lng.trim() !== '' && Math.abs(Number(lat)) <= 90 && Math.abs(Number(lng)) <= 180;
  const known = city ? findPlace(places, city) : undefined;

  useEffect(() => {
    if (!placesLoaded) void dispatch(fetchPlaces());
  }, [dispatch, placesLoaded]);

  return (
    <FormSection title="Where it is" hint="The address and the mark are for guests with a confirmed booking. Everybody else sees the neighbourhood, and a circle of 250 m around a point nearby.">
      <Field label="Street and house number (optional)" autoComplete="off" maxLength={300} {...bindText(form, 'address')} />
      <Field label="Neighbourhood (optional)" hint="Everybody sees it: name no street." autoComplete="off" maxLength={100} {...bindText(form, 'area')} />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="City" autoComplete="off" maxLength={100} {...bindText(form, 'city')} />
        <Field label="State or region (optional)" autoComplete="off" maxLength={100} {...bindText(form, 'state')} />
        <Field label="Country" autoComplete="off" maxLength={100} {...bindText(form, 'country')} />
      </div>
      <div>
        <p className="mb-2 text-sm text-muted">Press on the map or drag the mark; with the keyboard, type the degrees below it.</p>
        <div className="isolate h-80 overflow-hidden rounded-card border border-line">
          <Suspense fallback={<LoadingSpinner label="Loading the map" />}>
            <PinMap
              pin={marked ? [Number(lng), Number(lat)] : null}
              start={known?.center ?? null}
              places={places}
              onPin={([east, north]) => form.change({ lng: east.toFixed(DIGITS), lat: north.toFixed(DIGITS) })}
            />
          </Suspense>
        </div>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Latitude" inputMode="decimal" autoComplete="off" {...bindText(form, 'lat')} />
        <Field label="Longitude" inputMode="decimal" autoComplete="off" {...bindText(form, 'lng')} />
      </div>
      {listing?.far_from_city_km && <FarFromCity city={listing.location.city} km={listing.far_from_city_km} />}
      {listing && <SeenByAll location={listing.public_location} />}
      <LabelledField
        label="Arrival instructions (optional)"
        hint="How to get in, such as where the key is. Guests with a confirmed booking see it from 3 days before their stay; it is in no e-mail."
        errors={errors}
      >
        {(control) => <textarea rows={4} maxLength={LONGEST_INSTRUCTIONS} {...control} {...instructions} />}
      </LabelledField>
    </FormSection>
  );
}
