import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon } from './Icon';

export interface Choice {
  key: string;
  label: string;
  /** What tells it from others, at the end of its line. */
  detail?: string;
}

interface Props {
  label: string;
  value: string;
  choices: Choice[];
  /** What the list is of, for a screen reader. */
  listLabel: string;
  onChange: (value: string) => void;
  onChoose: (choice: Choice) => void;
  placeholder?: string;
  required?: boolean;
  errors?: string[];
  /** Stands inside the field, at its end. */
  action?: ReactNode;
}

/** A text field with suggestions: arrows walk, Enter takes the one that is walked to, Escape closes. */
export function Combobox({ label, value, choices, listLabel, onChange, onChoose, placeholder, required = false, errors = [], action }: Props) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const id = useId();
  const expanded = open && choices.length > 0;
  const walked = expanded ? choices[active] : undefined;

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (choice: Choice) => {
    onChoose(choice);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return close();
    if (event.key === 'Enter' && walked) {
      event.preventDefault();
      return choose(walked);
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setActive(active < 0 && step < 0 ? choices.length - 1 : (active + step + choices.length) % Math.max(1, choices.length));
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
          aria-activedescendant={walked && `${id}-${active}`}
          autoComplete="off"
          required={required}
          aria-invalid={errors.length > 0}
          aria-describedby={errors.length > 0 ? `${id}-error` : undefined}
          placeholder={placeholder}
          className={`input ${action ? 'pr-12' : ''}`}
          value={value}
          onFocus={() => setOpen(true)}
          onBlur={close}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            onChange(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
        />
        {action}
        {expanded && (
          <ul id={`${id}-list`} role="listbox" aria-label={listLabel} className="absolute top-full left-0 z-[1050] mt-2 max-h-80 w-full min-w-64 overflow-y-auto rounded-card border border-line bg-surface p-2 shadow-pop">
            {choices.map((choice, index) => (
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the input handles the keys of its list
              <li
                key={choice.key}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
                className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 py-1 ${index === active ? 'bg-pine-50' : 'hover:bg-mist'}`}
              >
                <Icon name="pin" className="size-5 text-pine-600" />
                <span className="line-clamp-2 min-w-0 flex-1">{choice.label}</span>
                {choice.detail && <span className="text-sm text-muted tabular-nums">{choice.detail}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p role="status" className="sr-only">
        {expanded ? `${choices.length} suggestions` : ''}
      </p>
      {errors.length > 0 && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-rose-600">
          {errors.join(' ')}
        </p>
      )}
    </div>
  );
}
