import type { Listing } from '../../api/wire';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { cartKey, selectCart, selectCurrentBooking, stayRemoved, staySaved } from '../../store/slices/bookingSlice';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';

/** Keeps the chosen stay for later without requesting it. */
export function SaveForLater({ listing }: { listing: Listing }) {
  const dispatch = useAppDispatch();
  const { checkIn, checkOut, guestCount } = useAppSelector(selectCurrentBooking);
  const cart = useAppSelector(selectCart);
  if (!checkIn || !checkOut) return null;
  const { id, title, property_type, price_per_night, currency, location, capacity, image, rating } = listing;
  const card = { id, title, property_type, price_per_night, currency, location, capacity, image, rating };
  const item = { listing: card, checkIn, checkOut, guestCount };
  const saved = cart.some((known) => cartKey(known) === cartKey(item) && known.guestCount === guestCount);
  const toggle = () => {
    if (saved) return dispatch(stayRemoved(cartKey(item)));
    dispatch(staySaved(item));
    return dispatch(messageShown({ tone: 'success', text: 'Saved for later. You find it on your bookings page.', to: '/bookings' }));
  };
  return (
    <Button tone="secondary" className="w-full" aria-pressed={saved} onClick={toggle}>
      {saved ? 'Saved for later: remove it' : 'Save for later'}
    </Button>
  );
}
