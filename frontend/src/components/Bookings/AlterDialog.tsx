import { useMemo, type FormEvent } from 'react';
import type { Alternative, Booking } from '../../api/wire';
import { useAlteration } from '../../hooks/useAlteration';
import { usePaymentMethods } from '../../hooks/usePaymentMethods';
import { today } from '../../lib/dates';
import { formatDifference } from '../../lib/money';
import { rulesOf, withoutOwn, type StayRules } from '../../lib/stay';
import { guests } from '../../lib/text';
import { useAppSelector } from '../../store/hooks';
import { selectDetail } from '../../store/slices/detailSlice';
import { selectListing } from '../../store/slices/propertySlice';
import { DateRangePicker } from '../Calendar/DateRangePicker';
import { BankDialog } from '../Checkout/BankDialog';
import { PaymentPicker } from '../Checkout/PaymentPicker';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { Stepper } from '../Common/Stepper';
import { AlterationPrice } from './AlterationPrice';
import { StayRefusal } from './StayRefusal';

const MOST_GUESTS = 16;

interface Props {
  booking: Booking;
  onClose: () => void;
}

function useListing({ listing_id }: Booking) {
  const listing = useAppSelector(selectListing);
  return listing?.id === listing_id ? listing : null;
}

/** The nights of the booking itself stand in its way to nobody. */
function useAlterRules(booking: Booking): StayRules {
  const { takenNights } = useAppSelector(selectDetail);
  const listing = useListing(booking);
  return useMemo(() => {
    const taken = new Set(withoutOwn(takenNights, booking, listing?.prep_nights));
    return listing ? rulesOf(listing, taken) : { firstDay: today(), taken, minNights: 1, maxNights: null };
  }, [booking, takenNights, listing]);
}

export function AlterDialog({ booking, onClose }: Props) {
  const { draft, change, preview, previewError, loading, send, sending, problem, bank, answerBank, leaveBank } = useAlteration(booking, onClose);
  const picker = usePaymentMethods();
  const rules = useAlterRules(booking);
  const most = useListing(booking)?.capacity.max_guests ?? MOST_GUESTS;
  const choose = ({ check_in, check_out }: Alternative) => change({ checkIn: check_in, checkOut: check_out });
  const costs = preview !== null && preview.difference > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(picker.method.trim());
  };

  return (
    <Dialog title="Change dates or guests" wide onClose={onClose}>
      <form onSubmit={submit} aria-label="Change dates or guests" className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-5">
          <DateRangePicker rules={rules} stay={draft} onChange={({ checkIn, checkOut }) => change({ checkIn, checkOut })} />
          <Stepper label="Guests" value={draft.guestCount} min={1} max={Math.max(most, booking.guest_count)} onChange={(guestCount) => change({ guestCount })} describe={guests} />
        </div>
        <div className="min-w-0 space-y-4">
          <AlterationPrice booking={booking} preview={preview} loading={loading} onChoose={choose} />
          {previewError && <StayRefusal problem={previewError} currency={booking.currency} onChoose={choose} />}
          {costs && preview.available && <PaymentPicker picker={picker} />}
          {problem && <StayRefusal problem={problem} currency={booking.currency} onChoose={choose} />}
          <div className="flex flex-wrap justify-end gap-2">
            <Button tone="secondary" onClick={onClose}>
              Leave it as it is
            </Button>
            <Button type="submit" busy={sending} disabled={!preview?.available || (costs && !picker.method.trim())}>
              {preview?.needs_consent ? 'Ask the host' : 'Save changes'}
            </Button>
          </div>
        </div>
      </form>
      {bank && (
        <BankDialog
          amount={preview ? formatDifference(preview.difference, preview.currency) : 'the difference'}
          url={bank.url}
          busy={sending}
          onAnswer={(approve, ask) => void answerBank(approve, ask)}
          onClose={leaveBank}
        />
      )}
    </Dialog>
  );
}
