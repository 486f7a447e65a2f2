import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { readFilters, readPage, writeFilters, type Filters } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchPlaces, searchListings, selectProperties } from '../store/slices/propertySlice';

/** The search of the address bar: reads it, runs it, and changes it. */
export function useSearch() {
  const dispatch = useAppDispatch();
  const { listings, pagination, places, placesLoaded, loading, error } = useAppSelector(selectProperties);
  const [params, setParams] = useSearchParams();
  const [attempt, setAttempt] = useState(0);
  const query = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const page = readPage(params);
  const ready = placesLoaded || !filters.location || filters.bbox !== null;

  useEffect(() => {
    if (!placesLoaded) void dispatch(fetchPlaces());
  }, [dispatch, placesLoaded]);

  useEffect(() => {
    if (!ready) return;
    const search = dispatch(searchListings({ filters, page }));
    return () => search.abort();
  }, [dispatch, filters, page, ready, attempt]);

  const apply = useCallback(
    (patch: Partial<Filters>, { replace = false } = {}) =>
      setParams((known) => writeFilters({ ...readFilters(known), ...patch }), { replace, preventScrollReset: true }),
    [setParams],
  );
  const goToPage = (next: number) => setParams(writeFilters(filters, next));

  const stay = writeFilters({ ...readFilters(new URLSearchParams()), checkIn: filters.checkIn, checkOut: filters.checkOut, maxGuests: filters.maxGuests });
  const stayQuery = stay.size > 0 ? `?${stay}` : '';
  const reload = () => setAttempt((count) => count + 1);
  return { filters, apply, goToPage, stayQuery, reload, listings, pagination, places, loading, error };
}
