import { useState, type FormEvent } from 'react';
import { useNearMe } from '../../hooks/useNearMe';
import type { Filters } from '../../lib/filters';
import { formatShort, today } from '../../lib/dates';
import { guests } from '../../lib/text';
import { useAppSelector } from '../../store/hooks';
import { selectPlaces } from '../../store/slices/searchSlice';
import { DateRangePicker } from '../Calendar/DateRangePicker';
import { Button } from '../Common/Button';
import { Icon } from '../Common/Icon';
import { Popover } from '../Common/Popover';
import { Stepper } from '../Common/Stepper';
import { PlaceBox } from './PlaceBox';

type Ask = Pick<Filters, 'location' | 'near' | 'checkIn' | 'checkOut' | 'maxGuests'>;

const noNights: ReadonlySet<string> = new Set();
const box = 'input flex items-center justify-between gap-2 text-left';
const MOST_GUESTS = 16;
const NEAR_ME = 'Near me';

function datesText({ checkIn, checkOut }: Ask) {
  if (!checkIn) return 'Any dates';
  return `${formatShort(checkIn)} – ${checkOut ? formatShort(checkOut) : '…'}`;
}

/** Place, dates and guests as a draft; they count once the form is sent. */
export function SearchBar({ filters, onSearch }: { filters: Ask; onSearch: (ask: Ask) => void }) {
  const places = useAppSelector(selectPlaces);
  const [ask, setAsk] = useState<Ask>(filters);
  const change = (patch: Partial<Ask>) => setAsk((known) => ({ ...known, ...patch }));
  const { locate, locating } = useNearMe((near) => onSearch({ ...ask, location: '', near }));
  const rules = { firstDay: today(), taken: noNights, minNights: 1, maxNights: null };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(ask.checkOut ? ask : { ...ask, checkIn: null });
  };

  return (
    <search>
      <form onSubmit={submit} aria-label="Search places to stay" className="grid gap-3 md:grid-cols-[minmax(12rem,1.4fr)_minmax(10rem,1fr)_minmax(9rem,0.8fr)_auto] md:items-end">
        <PlaceBox places={places} value={ask.near ? NEAR_ME : ask.location} onChange={(location) => change({ location, near: null })} onLocate={locate} locating={locating} />
        <div>
          <span className="mb-1 block text-sm font-semibold" aria-hidden="true">
            When
          </span>
          <Popover
            label={`Dates: ${datesText(ask)}`}
            trigger={
              <>
                {datesText(ask)} <Icon name="calendar" className="size-5 text-pine-600" />
              </>
            }
            triggerClass={box}
            panelClass="top-full -left-4 mt-2 w-[calc(100vw-2rem)] max-w-[22.4rem] p-4 min-[700px]:left-0 min-[700px]:w-[44rem] min-[700px]:max-w-none"
          >
            {(close) => (
              <>
                <DateRangePicker rules={rules} stay={ask} onChange={(stay) => change(stay)} />
                <div className="mt-3 flex justify-end gap-2">
                  <Button tone="quiet" disabled={!ask.checkIn} onClick={() => change({ checkIn: null, checkOut: null })}>
                    Clear dates
                  </Button>
                  <Button onClick={close}>Done</Button>
                </div>
              </>
            )}
          </Popover>
        </div>
        <div>
          <span className="mb-1 block text-sm font-semibold" aria-hidden="true">
            Who
          </span>
          <Popover
            label={`Guests: ${ask.maxGuests ? guests(ask.maxGuests) : 'any number'}`}
            trigger={
              <>
                {ask.maxGuests ? guests(ask.maxGuests) : 'Any guests'} <Icon name="users" className="size-5 text-pine-600" />
              </>
            }
            triggerClass={box}
            panelClass="top-full left-0 mt-2 w-80 p-4 md:right-0 md:left-auto"
          >
            {() => (
              <Stepper
                label="Guests"
                value={ask.maxGuests ?? 0}
                min={0}
                max={MOST_GUESTS}
                onChange={(count) => change({ maxGuests: count || null })}
                describe={(count) => (count ? guests(count) : 'Any')}
              />
            )}
          </Popover>
        </div>
        <Button type="submit" className="md:px-6">
          <Icon name="search" /> Search
        </Button>
      </form>
    </search>
  );
}
