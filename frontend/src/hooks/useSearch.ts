import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { noFilters, readFilters, readPage, writeFilters, type Filters } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { searchListings, selectProperties } from '../store/slices/propertySlice';
import { fetchAmenities, fetchPlaces, selectSearch } from '../store/slices/searchSlice';
import { useAnswered } from './useAnswered';
import { useAsk } from './useAsk';

/** The search of the address bar: reads it, runs it, and changes it. */
export function useSearch() {
  const dispatch = useAppDispatch();
  const { listings, loading, error, ...properties } = useAppSelector(selectProperties);
  const { places, placesLoaded, amenities, totalCapped } = useAppSelector(selectSearch);
  const [params, setParams] = useSearchParams();
  const [attempt, setAttempt] = useState(0);
  const [answered, follow] = useAnswered();
  const query = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const page = readPage(params);

  const apply = useCallback(
    (patch: Partial<Filters>, { replace = false } = {}) =>
      setParams((known) => writeFilters({ ...readFilters(known), ...patch }), { replace, preventScrollReset: true }),
    [setParams],
  );
  const understanding = useAsk(filters, apply);
  const ready = !understanding && (placesLoaded || !filters.location || filters.bbox !== null);

  useEffect(() => {
    if (!placesLoaded) void dispatch(fetchPlaces());
  }, [dispatch, placesLoaded]);

  useEffect(() => {
    if (amenities.length === 0) void dispatch(fetchAmenities());
  }, [dispatch, amenities.length]);

  useEffect(() => {
    if (!ready) return;
    const search = dispatch(searchListings({ filters, page }));
    follow(query, search);
    return () => search.abort();
  }, [dispatch, filters, page, query, ready, attempt, follow]);

  const goToPage = (next: number) => setParams(writeFilters(filters, next));

  const { checkIn, checkOut, maxGuests } = filters;
  const stay = writeFilters({ ...noFilters, checkIn, checkOut, maxGuests });
  const stayQuery = stay.size > 0 ? `?${stay}` : '';
  const reload = () => setAttempt((count) => count + 1);
  const pagination = { ...properties.pagination, totalCapped };
  return { answered, filters, apply, goToPage, stayQuery, reload, listings, pagination, places, amenities, loading: loading || understanding, error };
}
