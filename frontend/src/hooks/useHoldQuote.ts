import { useEffect } from 'react';
import type { Hold, Quote } from '../api/wire';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchQuote } from '../store/slices/bookingThunks';
import { selectBookingView } from '../store/slices/bookingViewSlice';

/** What the quote says of a held stay beside its price: its nights, its rules, its cancellation. */
export function useHoldQuote({ listing_id, check_in, check_out, guest_count }: Hold): Quote | null {
  const dispatch = useAppDispatch();
  const { quote } = useAppSelector(selectBookingView);
  const same =
    quote?.listing_id === listing_id && quote.check_in === check_in && quote.check_out === check_out && quote.guest_count === guest_count;
  useEffect(() => {
    if (same) return;
    const asked = dispatch(fetchQuote({ listing_id, check_in, check_out, guest_count }));
    return () => asked.abort();
  }, [dispatch, same, listing_id, check_in, check_out, guest_count]);
  return same ? quote : null;
}
