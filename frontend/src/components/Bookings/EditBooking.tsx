import { useState } from 'react';
import type { Booking } from '../../api/types';
import { Button } from '../Common/Button';
import { EditDialog } from './EditDialog';

/** For the guest, while there is still something to change. */
export function EditBooking({ booking }: { booking: Booking }) {
  const [open, setOpen] = useState(false);
  if (booking.status !== 'pending' && booking.status !== 'confirmed') return null;
  return (
    <>
      <Button tone="secondary" onClick={() => setOpen(true)}>
        Change booking
      </Button>
      {open && <EditDialog booking={booking} onClose={() => setOpen(false)} />}
    </>
  );
}
