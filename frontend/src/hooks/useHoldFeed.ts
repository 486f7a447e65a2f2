import { useEffect } from 'react';
import { hasRole } from '../lib/roles';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { fetchHolds } from '../store/slices/checkoutThunks';

/** A traveler's holds, known to every page from the login on. */
export function useHoldFeed() {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const traveler = hasRole(user, 'traveler') ? (user?.id ?? null) : null;
  useEffect(() => {
    if (!traveler) return;
    const asked = dispatch(fetchHolds());
    return () => asked.abort();
  }, [dispatch, traveler]);
}
