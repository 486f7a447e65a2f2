import type { Place } from '../../api/wire';
import { placeName } from '../../lib/text';
import { Combobox } from '../Common/Combobox';

interface Props {
  places: Place[];
  value: string;
  onChange: (value: string) => void;
  label: string;
  required?: boolean;
  errors?: string[];
  placeholder?: string;
}

const SHOWN = 12;

/** One of the cities that have listings. */
export function PlaceBox({ places, value, onChange, ...field }: Props) {
  const typed = value.trim().toLowerCase();
  const exact = places.some((place) => placeName(place).toLowerCase() === typed);
  const shown = places.filter((place) => exact || placeName(place).toLowerCase().includes(typed)).slice(0, SHOWN);
  const choices = shown.map((place) => ({ key: placeName(place), label: placeName(place), detail: String(place.count) }));
  return <Combobox {...field} listLabel="Places" value={value} choices={choices} onChange={onChange} onChoose={({ label }) => onChange(label)} />;
}
