import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { FoundCard } from '../api/wire';
import { tidied } from '../features/search/state/counts';
import { usePlace } from '../features/search/state/usePlace';
import { showPages } from '../features/search/state/showPages';
import type { Took } from '../features/search/state/takePlace';
import { noFilters, readFilters, readPage, writeFilters, type Filters } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectProperties } from '../store/slices/propertySlice';
import { fetchPlaces, selectSearch } from '../store/slices/searchSlice';
import { useAnswered } from './useAnswered';
import { useAsk } from './useAsk';

const ALREADY_THERE = Promise.resolve({ meta: { requestStatus: 'fulfilled' } });
const MOST_PAGES = 25;

/** The search of the address bar: reads it, runs it, and changes it. */
export function useSearch() {
  const dispatch = useAppDispatch();
  const { listings, loading, error, ...properties } = useAppSelector(selectProperties);
  const { placesLoaded, totalCapped, loosen, shown } = useAppSelector(selectSearch);
  const [params, setParams] = useSearchParams();
  const state = useLocation().state as { took?: Took } | null;
  const [attempt, setAttempt] = useState(0);
  const [answered, follow] = useAnswered();
  const query = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const page = Math.min(MOST_PAGES, readPage(params));

  const apply = useCallback(
    (patch: Partial<Filters>, { replace = false, took = null }: { replace?: boolean; took?: Took | null } = {}) =>
      setParams((known) => writeFilters(tidied({ ...readFilters(known), ...patch })), { replace, preventScrollReset: true, state: took && { took } }),
    [setParams],
  );
  const understanding = useAsk(filters, apply);
  const { place, took } = usePlace(filters, state?.took ?? null);

  useEffect(() => {
    if (!placesLoaded) void dispatch(fetchPlaces());
  }, [dispatch, placesLoaded]);

  useEffect(() => {
    if (understanding) return;
    const search = dispatch(showPages(filters, page, { again: attempt > 0 }));
    follow(query, search ?? ALREADY_THERE);
    return () => search?.abort();
  }, [dispatch, filters, page, query, understanding, attempt, follow]);

  const showMore = () => setParams(writeFilters(filters, page + 1), { replace: true, preventScrollReset: true, state });

  /** The page of a listing, with the stay that was looked for: where its dates were open, with those that were found. */
  const linkTo = useCallback(
    ({ id, stay }: FoundCard) => {
      const { checkIn, checkOut, maxGuests } = filters;
      const wanted = { ...noFilters, checkIn: stay?.check_in ?? checkIn, checkOut: stay?.check_out ?? checkOut, maxGuests };
      return `/listings/${id}?${writeFilters(wanted)}`.replace(/\?$/, '');
    },
    [filters],
  );
  const reload = () => setAttempt((count) => count + 1);
  const pagination = { ...properties.pagination, totalCapped };
  const following = loading && shown !== null && !understanding;
  return {
    ...{ answered, filters, apply, page, showMore, linkTo, reload, listings, pagination, place, took, loosen, error },
    loading: understanding || (loading && !following),
    loadingMore: following,
    /** The listings are those of this search, even where what follows them failed. */
    kept: shown !== null,
  };
}
