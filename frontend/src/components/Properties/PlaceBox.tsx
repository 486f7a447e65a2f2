import { useId, useState, type KeyboardEvent } from 'react';
import type { Place } from '../../api/wire';
import { placeName } from '../../lib/text';
import { Icon } from '../Common/Icon';
import { IconButton } from '../Common/IconButton';

interface Props {
  places: Place[];
  value: string;
  onChange: (value: string) => void;
  label?: string;
  required?: boolean;
  errors?: string[];
  placeholder?: string;
  onLocate?: () => void;
  locating?: boolean;
}

const SHOWN = 12;

export function PlaceBox({ places, value, onChange, label = 'Where', placeholder = 'Any place', required = false, errors = [], onLocate, locating = false }: Props) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const id = useId();
  const typed = value.trim().toLowerCase();
  const exact = places.some((place) => placeName(place).toLowerCase() === typed);
  const shown = places.filter((place) => exact || placeName(place).toLowerCase().includes(typed)).slice(0, SHOWN);
  const expanded = open && shown.length > 0;

  const choose = (place: Place | undefined) => {
    if (place) onChange(placeName(place));
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return choose(undefined);
    if (event.key === 'Enter' && expanded && active >= 0) {
      event.preventDefault();
      return choose(shown[active]);
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setActive(active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % Math.max(1, shown.length));
  };

  return (
    <div>
      <div className="relative">
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={expanded}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={expanded && active >= 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        required={required}
        aria-invalid={errors.length > 0}
        aria-describedby={errors.length > 0 ? `${id}-error` : undefined}
        placeholder={placeholder}
        className={`input ${onLocate ? 'pr-12' : ''}`}
        value={value}
        onFocus={() => setOpen(true)}
        onBlur={() => choose(undefined)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
      />
      {onLocate && <IconButton icon="locate" label="Near me" disabled={locating} onClick={onLocate} className="absolute right-0 bottom-0 text-pine-700" />}
      {expanded && (
        <ul id={`${id}-list`} role="listbox" aria-label="Places" className="absolute top-full left-0 z-[1050] mt-2 max-h-80 w-full min-w-64 overflow-y-auto rounded-card border border-line bg-surface p-2 shadow-pop">
          {shown.map((place, index) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the input handles the keys of its list
            <li
              key={placeName(place)}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(place)}
              className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 ${index === active ? 'bg-pine-50' : 'hover:bg-mist'}`}
            >
              <Icon name="pin" className="size-5 text-pine-600" />
              <span className="min-w-0 flex-1 truncate">{placeName(place)}</span>
              <span className="text-sm text-muted tabular-nums">{place.count}</span>
            </li>
          ))}
        </ul>
      )}
      </div>
      {errors.length > 0 && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-rose-600">
          {errors.join(' ')}
        </p>
      )}
    </div>
  );
}
