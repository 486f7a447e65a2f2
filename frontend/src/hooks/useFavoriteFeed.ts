import { useEffect } from 'react';
import { hasRole } from '../lib/roles';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { fetchFavorites } from '../store/slices/favoriteThunks';
import { selectFavoriteView } from '../store/slices/favoriteViewSlice';

/** Loads a traveler's favorites once, for the hearts of all pages. */
export function useFavoriteFeed() {
  const dispatch = useAppDispatch();
  const traveler = hasRole(useAppSelector(selectUser), 'traveler');
  const { loaded } = useAppSelector(selectFavoriteView);
  useEffect(() => {
    if (!traveler || loaded) return;
    const asked = dispatch(fetchFavorites());
    return () => asked.abort();
  }, [dispatch, traveler, loaded]);
}
