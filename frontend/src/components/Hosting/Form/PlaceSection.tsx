import { lazy, Suspense, useEffect } from 'react';
import { findPlace } from '../../../lib/filters';
import { useAppDispatch, useAppSelector } from '../../../store/hooks';
import { fetchPlaces, selectSearch } from '../../../store/slices/searchSlice';
import { Field } from '../../Common/Field';
import { LoadingSpinner } from '../../Common/LoadingSpinner';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';

const PinMap = lazy(() => import('../../Map/PinMap'));
const DIGITS = 6;

export function PlaceSection({ form }: { form: FormApi }) {
  const dispatch = useAppDispatch();
  const { places, placesLoaded } = useAppSelector(selectSearch);
  const { lat, lng, city } = form.draft;
  const marked = lat.trim() !== '' && lng.trim() !== '' && Math.abs(Number(lat)) <= 90 && Math.abs(Number(lng)) <= 180;
  const known = city ? findPlace(places, city) : undefined;

  useEffect(() => {
    if (!placesLoaded) void dispatch(fetchPlaces());
  }, [dispatch, placesLoaded]);

  return (
    <FormSection title="Where it is" hint="The address is for your guests. The mark decides where searches find you.">
      <Field label="Street and house number (optional)" autoComplete="off" maxLength={300} {...bindText(form, 'address')} />
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
    </FormSection>
  );
}
