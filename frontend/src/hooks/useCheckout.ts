import { isOtherPrice, type ApiProblem } from '../api/problem';
import type { Booking, BookingRequest, Hold } from '../api/wire';
import { useAppDispatch } from '../store/hooks';
import { requestBooking } from '../store/slices/bookingThunks';
import { fetchHolds } from '../store/slices/checkoutThunks';
import { usePaidCall } from './usePaidCall';
import { useTerms } from './useTerms';

/** Books the held stay at the price that was shown. A refusal leaves the hold as it is. */
export function useCheckout(hold: Hold, onBooked: (booking: Booking) => void) {
  const dispatch = useAppDispatch();
  const terms = useTerms();
  const call = (body: BookingRequest, key: string) => dispatch(requestBooking({ body, key })).unwrap();
  const onRefused = (failure: ApiProblem) => {
    if (isOtherPrice(failure)) void dispatch(fetchHolds());
    if (failure.code === 'TERMS_CHANGED') void terms.load();
  };
  const paid = usePaidCall<BookingRequest, Booking>(call, { onDone: onBooked, onRefused });
  const pay = (method: string, requests: string) => {
    const { listing_id, check_in, check_out, guest_count, quote_token } = hold;
    const note = requests.trim();
    return paid.send({ listing_id, check_in, check_out, guest_count, quote_token, payment_method: method, terms_version: terms.terms?.version, ...(note && { special_requests: note }) });
  };
  return { ...paid, pay, terms };
}
