import { useEffect } from 'react';
import type { Listing } from '../../api/wire';
import { addDays, nightsBetween, today } from '../../lib/dates';
import { humanise } from '../../lib/text';
import { spellName, spellsOf } from '../../lib/weather';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectCurrentBooking } from '../../store/slices/bookingSlice';
import { fetchNearby, fetchWeather, selectDetail } from '../../store/slices/detailSlice';
import { Icon } from '../Common/Icon';
import { WeatherSource } from '../Planner/WeatherSource';

const DAYS_SHOWN = 7;

/** The weather of the chosen nights, or of the coming days, and what there is to do nearby. */
function useSurroundings(listing: Listing) {
  const dispatch = useAppDispatch();
  const { checkIn, checkOut } = useAppSelector(selectCurrentBooking);
  const [lng, lat] = listing.location.coordinates.coordinates;
  const start = checkIn && checkOut ? checkIn : today();
  const length = checkIn && checkOut ? Math.min(DAYS_SHOWN, nightsBetween(checkIn, checkOut)) : DAYS_SHOWN;
  useEffect(() => {
    const asked = dispatch(fetchNearby([lng, lat]));
    return () => asked.abort();
  }, [dispatch, lng, lat]);
  useEffect(() => {
    const asked = dispatch(fetchWeather({ spot: [lng, lat], start, end: addDays(start, length) }));
    return () => asked.abort();
  }, [dispatch, lng, lat, start, length]);
  return useAppSelector(selectDetail);
}

export function AroundHere({ listing }: { listing: Listing }) {
  const { weather, weatherFailed, activities } = useSurroundings(listing);
  if (weatherFailed && activities.length === 0) return null;
  return (
    <section aria-labelledby="around-heading" className="min-w-0 space-y-5 border-t border-line pt-8">
      <h2 id="around-heading" className="text-xl font-bold">
        Around here
      </h2>
      {!weather && !weatherFailed && <div className="skeleton h-20" />}
      {weather && (
        <div className="space-y-2">
          <ul aria-label="Weather" className="space-y-1">
            {spellsOf(weather.days).map((spell) => (
              <li key={spell.first} className="flex items-start gap-2">
                <Icon name="sun" className="mt-0.5 size-5 text-apricot-800" />
                <span>
                  <b className="font-semibold">{spellName(spell)}</b> {spell.summary}
                </span>
              </li>
            ))}
          </ul>
          <WeatherSource weather={weather} />
        </div>
      )}
      {activities.length > 0 && (
        <ul aria-label="Things to do nearby" className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {activities.map((activity) => (
            <li key={activity.id} className="min-w-0">
              <p className="font-semibold wrap-anywhere">{activity.name}</p>
              <p className="text-sm text-muted">
                {humanise(activity.category)}
                {typeof activity.distance_km === 'number' && ` · ${activity.distance_km.toFixed(1)} km away`}
              </p>
              {activity.description && <p className="line-clamp-2 text-sm">{activity.description}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
