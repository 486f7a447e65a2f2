import { useLocation, useNavigate } from 'react-router';
import type { ListingCard } from '../api/wire';
import { hasRole } from '../lib/roles';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { selectFavorites } from '../store/slices/bookingSlice';
import { addFavorite, removeFavorite } from '../store/slices/favoriteThunks';
import { selectFavoriteView } from '../store/slices/favoriteViewSlice';

/** The heart of one listing. Who is not logged in is asked to, and comes back. */
export function useFavorite(listing: ListingCard) {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const from = useLocation();
  const user = useAppSelector(selectUser);
  const favorite = useAppSelector(selectFavorites).find((known) => known.id === listing.id);
  const waiting = useAppSelector(selectFavoriteView).pending.includes(listing.id);

  const toggle = () => {
    if (!user) return navigate('/login', { state: { from } });
    if (waiting) return;
    if (favorite) return dispatch(removeFavorite(favorite));
    return dispatch(addFavorite({ ...listing, favorited_at: new Date().toISOString(), is_active: true }));
  };
  return { chosen: favorite !== undefined, offered: !user || hasRole(user, 'traveler'), toggle };
}
