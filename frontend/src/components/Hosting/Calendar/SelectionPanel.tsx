import { useEffect } from 'react';
import { addDays, formatRange, type Day } from '../../../lib/dates';
import type { NightChange } from '../../../api/wire';
import { bookingsOf, countKinds, nightKinds, type NightsByDay } from '../../../lib/nightKinds';
import { spansOf } from '../../../lib/spans';
import { nights as nightCount } from '../../../lib/text';
import { useAppDispatch, useAppSelector } from '../../../store/hooks';
import { changeNights, refusalSeen, selectAvailability } from '../../../store/slices/availabilitySlice';
import { messageShown } from '../../../store/slices/messageSlice';
import { Button } from '../../Common/Button';
import { Icon } from '../../Common/Icon';
import { BookedStays } from './BookedStays';

interface Props {
  listingId: string;
  known: NightsByDay;
  nights: Day[];
  /** The first night is chosen, the last one not yet. */
  open: boolean;
  onClear: () => void;
  onChanged: () => void;
}

const none: NightChange = { block: [], free: [] };

function Summary({ known, nights, open }: Pick<Props, 'known' | 'nights' | 'open'>) {
  const [first, last] = [nights[0], nights.at(-1)];
  if (!first || !last) return <p className="text-muted">No night is chosen.</p>;
  const kinds = countKinds(known, nights).map(({ kind, count }) => `${count} ${nightKinds[kind].spoken}`);
  return (
    <div>
      <p>
        <b>{formatRange(first, addDays(last, 1))}</b>, {nightCount(nights.length)}: {kinds.join(', ')}
      </p>
      {open && <p className="text-sm text-muted">Now choose the last night, or continue with this one.</p>}
    </div>
  );
}

export function SelectionPanel({ listingId, known, nights, open, onClear, onChanged }: Props) {
  const dispatch = useAppDispatch();
  const { saving, saveError, undo } = useAppSelector(selectAvailability);
  const has = (kind: keyof typeof nightKinds) => countKinds(known, nights).some((found) => found.kind === kind);
  const bookings = bookingsOf(known, nights).map(({ id, first, last }) => ({ id, check_in: first, check_out: addDays(last, 1) }));
  const blockable = nights.length > 0 && countKinds(known, nights).some(({ kind }) => kind !== 'block');

  useEffect(() => () => void dispatch(refusalSeen()), [dispatch]);

  const send = async (change: NightChange, done: string) => {
    const answer = await dispatch(changeNights({ listingId, change }));
    if (!changeNights.fulfilled.match(answer)) return onChanged();
    dispatch(messageShown({ tone: 'success', text: done }));
    onClear();
  };

  return (
    <section
      aria-label="Chosen nights"
      className="sticky bottom-0 z-[1040] -mx-4 space-y-3 border-t border-line bg-surface/95 px-4 py-3 shadow-pop backdrop-blur sm:mx-0 sm:rounded-card sm:border sm:px-5 sm:py-4 sm:bottom-4"
    >
      {saveError ? (
        <BookedStays message={saveError.message} requestId={saveError.requestId} stays={saveError.bookings ?? []} onDismiss={() => dispatch(refusalSeen())} />
      ) : (
        bookings.length > 0 && <BookedStays stays={bookings} />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div aria-live="polite" className="min-w-0 flex-1 basis-64">
          <Summary known={known} nights={nights} open={open} />
        </div>
        <div className="flex flex-wrap gap-2">
          {undo && (
            <Button tone="quiet" busy={saving} onClick={() => send(undo, 'The last change is undone.')}>
              <Icon name="undo" /> Undo last change
            </Button>
          )}
          {nights.length > 0 && (
            <Button tone="quiet" onClick={onClear}>
              Clear
            </Button>
          )}
          <Button tone="secondary" busy={saving} disabled={!has('block') && !has('external')} onClick={() => send({ ...none, free: spansOf(nights) }, 'These nights are free now.')}>
            Free
          </Button>
          <Button busy={saving} disabled={!blockable} onClick={() => send({ ...none, block: spansOf(nights) }, 'These nights are blocked now.')}>
            Block
          </Button>
        </div>
      </div>
    </section>
  );
}
