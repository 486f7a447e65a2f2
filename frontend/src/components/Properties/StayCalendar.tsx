import { useMemo } from 'react';
import type { Listing } from '../../api/wire';
import { rulesOf, withoutOwn } from '../../lib/stay';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectCurrentBooking, stayChanged } from '../../store/slices/bookingSlice';
import { selectHeldAt } from '../../store/slices/checkoutSlice';
import { selectDetail } from '../../store/slices/detailSlice';
import { DateRangePicker } from '../Calendar/DateRangePicker';
import { Button } from '../Common/Button';

export function StayCalendar({ listing }: { listing: Listing }) {
  const dispatch = useAppDispatch();
  const { takenNights } = useAppSelector(selectDetail);
  const stay = useAppSelector(selectCurrentBooking);
  const held = useAppSelector(selectHeldAt(listing.id));
  const rules = useMemo(() => rulesOf(listing, new Set(withoutOwn(takenNights, held, listing.prep_nights))), [listing, takenNights, held]);
  return (
    <section id="dates" aria-labelledby="dates-heading" className="scroll-mt-20 border-t border-line pt-8">
      <div className="mb-2 flex min-h-11 items-center justify-between gap-3">
        <h2 id="dates-heading" className="text-xl font-bold">
          Choose your dates
        </h2>
        {stay.checkIn && (
          <Button tone="quiet" className="-mr-3 shrink-0" onClick={() => dispatch(stayChanged({ checkIn: null, checkOut: null }))}>
            Clear dates
          </Button>
        )}
      </div>
      <DateRangePicker key={stay.listing?.id} rules={rules} stay={stay} onChange={({ checkIn, checkOut }) => dispatch(stayChanged({ checkIn, checkOut }))} />
    </section>
  );
}
