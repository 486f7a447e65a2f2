import type { Listing } from '../../api/wire';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { cartKey, selectCart, selectCurrentBooking, stayDropped, stayPutAside } from '../../store/slices/bookingSlice';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';

/** Keeps the chosen stay for later without asking for it. */
export function PutAside({ listing }: { listing: Listing }) {
  const dispatch = useAppDispatch();
  const { checkIn, checkOut, guestCount } = useAppSelector(selectCurrentBooking);
  const cart = useAppSelector(selectCart);
  if (!checkIn || !checkOut) return null;
  const { id, title, property_type, price_per_night, currency, location, capacity, image, rating } = listing;
  const card = { id, title, property_type, price_per_night, currency, location, capacity, image, rating };
  const item = { listing: card, checkIn, checkOut, guestCount };
  const aside = cart.some((known) => cartKey(known) === cartKey(item) && known.guestCount === guestCount);
  const toggle = () => {
    if (aside) return dispatch(stayDropped(cartKey(item)));
    dispatch(stayPutAside(item));
    return dispatch(messageShown({ tone: 'success', text: 'Put aside. It waits on your bookings page.', to: '/bookings' }));
  };
  return (
    <Button tone="secondary" className="w-full" aria-pressed={aside} onClick={toggle}>
      {aside ? 'Put aside, take it out again' : 'Put aside'}
    </Button>
  );
}
