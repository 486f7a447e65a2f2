import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectCurrentBooking } from '../store/slices/bookingSlice';
import { selectHeldAt } from '../store/slices/checkoutSlice';
import { selectBookingView, selectQuote } from '../store/slices/bookingViewSlice';
import { fetchQuote } from '../store/slices/bookingThunks';

/** The price of the stay being put together, asked anew whenever it changes, or the nights that one holds oneself. */
export function useQuote() {
  const dispatch = useAppDispatch();
  const { quoteLoading, quoteError } = useAppSelector(selectBookingView);
  const quote = useAppSelector(selectQuote);
  const { listing, checkIn, checkOut, guestCount } = useAppSelector(selectCurrentBooking);
  const listingId = listing?.id;
  const heldId = useAppSelector(selectHeldAt(listingId))?.id;
  useEffect(() => {
    if (!listingId || !checkIn || !checkOut) return;
    const asked = dispatch(fetchQuote({ listing_id: listingId, check_in: checkIn, check_out: checkOut, guest_count: guestCount }));
    return () => asked.abort();
  }, [dispatch, listingId, checkIn, checkOut, guestCount, heldId]);
  return { quote, quoteLoading, quoteError };
}
