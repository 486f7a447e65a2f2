import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/Common/Button';
import { Icon } from '../../../components/Common/Icon';
import { useNearMe } from '../../../hooks/useNearMe';
import { today, todayAt } from '../../../lib/dates';
import type { Filters } from '../../../lib/filters';
import { useAppDispatch } from '../../../store/hooks';
import { useSuggestPlacesQuery } from '../api/searchApi';
import { takePlace, type Took } from '../state/takePlace';
import { GuestsField } from './GuestsField';
import { PlaceField } from './PlaceField';
import { WhenField } from './WhenField';

export type Ask = Pick<Filters, 'location' | 'placeId' | 'near' | 'checkIn' | 'checkOut' | 'flexible' | 'months' | 'maxGuests' | 'children' | 'infants' | 'pets'>;

interface Props {
  filters: Ask;
  onSearch: (ask: Ask, took: Took | null) => void;
}

const NEAR_ME = 'Near me';

/** A stay begins at the place: what day it is there counts, not what day it is here. */
function useTodayThere({ placeId, location }: Ask) {
  const { data = [] } = useSuggestPlacesQuery(location, { skip: !placeId });
  const lng = data.find(({ id }) => id === placeId)?.center[0];
  return lng === undefined ? today() : todayAt(lng);
}

/** Place, dates and guests as a draft; they count once the form is sent. */
export function SearchForm({ filters, onSearch }: Props) {
  const dispatch = useAppDispatch();
  const [ask, setAsk] = useState<Ask>(filters);
  const [taking, setTaking] = useState(false);
  const change = (patch: Partial<Ask>) => setAsk((known) => ({ ...known, ...patch }));
  const { locate, locating } = useNearMe((near) => onSearch({ ...ask, location: '', placeId: '', near }, null));
  const todayThere = useTodayThere(ask);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (taking) return;
    const dated = ask.checkOut ? ask : { ...ask, checkIn: null };
    if (!ask.location.trim() || ask.placeId) return onSearch(dated, null);
    setTaking(true);
    const { took, ...place } = await dispatch(takePlace(ask.location));
    setTaking(false);
    setAsk({ ...dated, ...place });
    onSearch({ ...dated, ...place }, took);
  };

  return (
    <search>
      <form
        onSubmit={(event) => void submit(event)}
        aria-label="Search places to stay"
        className="grid gap-3 md:grid-cols-[minmax(12rem,1.4fr)_minmax(10rem,1fr)_minmax(9rem,0.8fr)_auto] md:items-end"
      >
        <PlaceField
          value={ask.location}
          fixed={ask.near ? NEAR_ME : undefined}
          onChange={(location) => change({ location, placeId: '', near: null })}
          onChoose={(place) => change({ ...place, near: null })}
          onLocate={locate}
          locating={locating}
        />
        <WhenField when={ask} today={todayThere} onChange={change} />
        <GuestsField guests={ask} onChange={change} />
        <Button type="submit" busy={taking} className="md:px-6">
          <Icon name="search" /> Search
        </Button>
      </form>
    </search>
  );
}
