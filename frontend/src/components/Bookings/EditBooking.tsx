import { useState } from 'react';
import type { Booking } from '../../api/wire';
import { Button } from '../Common/Button';
import { AlterDialog } from './AlterDialog';
import { RequestsDialog } from './RequestsDialog';

const alterations = ['alter', 'propose'];

/** For the guest, as far as the API allows it now. */
export function EditBooking({ booking }: { booking: Booking }) {
  const [open, setOpen] = useState<'stay' | 'requests' | null>(null);
  const { allowed_actions } = booking;
  const close = () => setOpen(null);
  return (
    <>
      {allowed_actions.some((action) => alterations.includes(action)) && (
        <Button tone="secondary" onClick={() => setOpen('stay')}>
          Change dates or guests
        </Button>
      )}
      {allowed_actions.includes('update') && (
        <Button tone="secondary" onClick={() => setOpen('requests')}>
          Edit special requests
        </Button>
      )}
      {open === 'stay' && <AlterDialog booking={booking} onClose={close} />}
      {open === 'requests' && <RequestsDialog booking={booking} onClose={close} />}
    </>
  );
}
