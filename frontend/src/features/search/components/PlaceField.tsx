import { Combobox, type Choice } from '../../../components/Common/Combobox';
import { IconButton } from '../../../components/Common/IconButton';
import { useDebounced } from '../../../hooks/useDebounced';
import { placeName } from '../../../lib/text';
import { useAppSelector } from '../../../store/hooks';
import { selectPlaces } from '../../../store/slices/searchSlice';
import { useSuggestPlacesQuery } from '../api/searchApi';

interface Props {
  value: string;
  /** Says where the browser is, instead of a text that is to be looked up. */
  fixed?: string;
  onChange: (text: string) => void;
  onChoose: (place: { location: string; placeId: string }) => void;
  onLocate: () => void;
  locating: boolean;
}

const PAUSE_MS = 150;
const MOST_CITIES = 6;
const kinds: Record<string, string> = { region: 'Region', country: 'Country', district: 'District', sight: 'Sight' };

/** Any place, in any language: the gazetteer knows what is meant. Empty it offers the cities with most places. */
export function PlaceField({ value, fixed, onChange, onChoose, onLocate, locating }: Props) {
  const cities = useAppSelector(selectPlaces);
  const typed = useDebounced(value.trim(), PAUSE_MS);
  const { data = [] } = useSuggestPlacesQuery(typed, { skip: !typed });
  const popular: Choice[] = [...new Set(cities.map(placeName))].slice(0, MOST_CITIES).map((name) => ({ key: name, label: name }));
  const found: Choice[] = data.map(({ id, label, kind }) => ({ key: id, label, detail: kinds[kind] }));
  return (
    <Combobox
      label="Where"
      listLabel="Places"
      placeholder="Any place"
      value={fixed ?? value}
      choices={fixed ? [] : value.trim() ? found : popular}
      onChange={onChange}
      onChoose={({ key, label }) => onChoose({ location: label, placeId: value.trim() ? key : '' })}
      action={<IconButton icon="locate" label="Near me" disabled={locating} onClick={onLocate} className="absolute right-0 bottom-0 text-pine-700" />}
    />
  );
}
