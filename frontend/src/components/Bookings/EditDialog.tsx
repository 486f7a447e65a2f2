import { useId, useMemo, type FormEvent } from 'react';
import type { Booking } from '../../api/types';
import { useBookingEdit } from '../../hooks/useBookingEdit';
import { addDays, nightsBetween, today } from '../../lib/dates';
import type { StayRules } from '../../lib/stay';
import { guests } from '../../lib/text';
import { useAppSelector } from '../../store/hooks';
import { selectDetail } from '../../store/slices/detailSlice';
import { selectListing } from '../../store/slices/propertySlice';
import { DateRangePicker } from '../Calendar/DateRangePicker';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { Stepper } from '../Common/Stepper';
import { TakenNights } from './TakenNights';

const LONGEST_REQUEST = 1000;
const MOST_GUESTS = 16;

interface Props {
  booking: Booking;
  onClose: () => void;
}

/** The nights of the booking itself stand in its way to nobody. */
function useEditRules(booking: Booking): StayRules {
  const { takenNights } = useAppSelector(selectDetail);
  const listing = useAppSelector(selectListing);
  const known = listing?.id === booking.listing_id ? listing : null;
  return useMemo(() => {
    const own = new Set(Array.from({ length: nightsBetween(booking.check_in, booking.check_out) }, (_, at) => addDays(booking.check_in, at)));
    return {
      firstDay: today(),
      taken: new Set(takenNights.filter((night) => !own.has(night))),
      minNights: known?.min_nights ?? 1,
      maxNights: known?.max_nights ?? null,
    };
  }, [booking.check_in, booking.check_out, takenNights, known?.min_nights, known?.max_nights]);
}

export function EditDialog({ booking, onClose }: Props) {
  const requestsId = useId();
  const { draft, change, send, sending, problem, ready } = useBookingEdit(booking, onClose);
  const rules = useEditRules(booking);
  const listing = useAppSelector(selectListing);
  const most = listing?.id === booking.listing_id ? listing.capacity.max_guests : MOST_GUESTS;
  const movable = booking.status === 'pending';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  return (
    <Dialog title="Change this booking" wide={movable} onClose={onClose}>
      <form onSubmit={submit} aria-label="Change booking" className="space-y-5">
        {movable ? (
          <DateRangePicker rules={rules} stay={draft} onChange={({ checkIn, checkOut }) => change({ checkIn, checkOut })} />
        ) : (
          <p className="text-muted">The dates of a confirmed booking stay as they are. Cancel it and ask again for other nights.</p>
        )}
        <Stepper label="Guests" value={draft.guestCount} min={1} max={Math.max(most, booking.guest_count)} onChange={(guestCount) => change({ guestCount })} describe={guests} />
        <div>
          <label htmlFor={requestsId} className="mb-1 block text-sm font-semibold">
            Special requests (optional)
          </label>
          <textarea
            id={requestsId}
            rows={3}
            maxLength={LONGEST_REQUEST}
            className="input"
            value={draft.specialRequests}
            onChange={(event) => change({ specialRequests: event.target.value })}
          />
        </div>
        {movable && <p className="text-sm text-muted">Other dates have another price. You see it as soon as they are saved, and you pay nothing before the host says yes.</p>}
        {problem?.code === 'NIGHTS_TAKEN' ? <TakenNights nights={problem.nights} message={problem.message} /> : problem && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
          <Button type="submit" busy={sending} disabled={!ready}>
            Save changes
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
