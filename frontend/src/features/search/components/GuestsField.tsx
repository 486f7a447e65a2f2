import { Icon } from '../../../components/Common/Icon';
import { Popover } from '../../../components/Common/Popover';
import { Stepper } from '../../../components/Common/Stepper';
import { countsOf, guestsText, MOST_GUESTS, MOST_INFANTS, MOST_PETS, withCount, type Guests } from '../state/guests';

interface Props {
  guests: Guests;
  onChange: (guests: Guests) => void;
}

const rows = [
  ['adults', 'Adults'],
  ['children', 'Children'],
  ['infants', 'Infants'],
  ['pets', 'Pets'],
] as const;

export function GuestsField({ guests, onChange }: Props) {
  const counts = countsOf(guests);
  const left = MOST_GUESTS - counts.adults - counts.children;
  const most = { adults: counts.adults + left, children: counts.children + left, infants: MOST_INFANTS, pets: MOST_PETS };
  const text = guestsText(guests);
  return (
    <div>
      <span className="mb-1 block text-sm font-semibold" aria-hidden="true">
        Who
      </span>
      <Popover
        label={`Guests: ${text ?? 'any number'}`}
        trigger={
          <>
            <span className="truncate">{text ?? 'Any guests'}</span> <Icon name="users" className="size-5 text-pine-600" />
          </>
        }
        triggerClass="input flex items-center justify-between gap-2 text-left"
        panelClass="top-full left-0 mt-2 w-80 p-4 md:right-0 md:left-auto"
      >
        {() => (
          <div className="space-y-2">
            {rows.map(([kind, label]) => (
              <Stepper
                key={kind}
                label={label}
                value={counts[kind]}
                min={0}
                max={most[kind]}
                onChange={(count) => onChange(withCount(guests, kind, count))}
                describe={(count) => (count ? String(count) : kind === 'adults' ? 'Any' : 'None')}
              />
            ))}
            <p className="text-sm text-muted">Children are 2 to 12 years old; infants are under 2 and need no bed of their own.</p>
          </div>
        )}
      </Popover>
    </div>
  );
}
