import { newSeason, type SeasonDraft } from '../../../lib/rateDraft';
import { MOST_SEASONS } from '../../../lib/rateRules';
import { Button } from '../../Common/Button';
import { Field } from '../../Common/Field';
import { Icon } from '../../Common/Icon';
import { IconButton } from '../../Common/IconButton';
import type { FormApi } from './formApi';

interface RowProps {
  season: SeasonDraft;
  number: number;
  onChange: (patch: Partial<SeasonDraft>) => void;
  onRemove: () => void;
}

const fields = [
  { name: 'name', label: 'Name', input: { maxLength: 60, autoComplete: 'off' }, wide: true },
  { name: 'start', label: 'First night', input: { type: 'date' }, wide: true },
  { name: 'end', label: 'Ends on', input: { type: 'date' }, wide: true },
  { name: 'price_per_night', label: 'Price', input: { inputMode: 'decimal', autoComplete: 'off', placeholder: 'as usual' }, wide: false },
  { name: 'min_nights', label: 'Minimum', input: { inputMode: 'numeric', autoComplete: 'off', placeholder: 'as usual' }, wide: false },
  { name: 'max_nights', label: 'Maximum', input: { inputMode: 'numeric', autoComplete: 'off', placeholder: 'as usual' }, wide: false },
] as const;

function SeasonRow({ season, number, onChange, onRemove }: RowProps) {
  return (
    <li className="rounded-xl border border-line p-3 pt-1" aria-label={`Season ${number}`}>
      <div className="flex items-center justify-between">
        <span className="text-sm font-semibold text-muted">Season {number}</span>
        <IconButton icon="trash" label={`Remove season ${number}`} onClick={onRemove} />
      </div>
      <div className="grid grid-cols-3 gap-3">
        {fields.map(({ name, label, input, wide }) => (
          <Field
            key={name}
            label={label}
            aria-label={`${label} of season ${number}`}
            className={wide ? 'max-sm:col-span-3' : ''}
            value={season[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
            {...input}
          />
        ))}
      </div>
    </li>
  );
}

/** Times of the year with a price or a length of their own. */
export function SeasonsTable({ form: { draft, change, errors } }: { form: FormApi }) {
  const { seasons } = draft;
  const put = (next: SeasonDraft[]) => change({ seasons: next });
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-semibold">Seasons</legend>
      <p className="text-sm text-muted">A season ends on the first day after it. Empty fields are as in the rest of the year.</p>
      {seasons.length > 0 && (
        <ul aria-label="Seasons" className="space-y-3">
          {seasons.map((season, index) => (
            <SeasonRow
              key={index}
              season={season}
              number={index + 1}
              onChange={(patch) => put(seasons.map((each, at) => (at === index ? { ...each, ...patch } : each)))}
              onRemove={() => put(seasons.filter((_, at) => at !== index))}
            />
          ))}
        </ul>
      )}
      {errors.seasons && (
        <p role="alert" tabIndex={-1} className="text-sm font-medium text-rose-600">
          {errors.seasons.join(' ')}
        </p>
      )}
      <Button tone="secondary" disabled={seasons.length >= MOST_SEASONS} onClick={() => put([...seasons, newSeason()])}>
        <Icon name="plus" /> Add a season
      </Button>
    </fieldset>
  );
}
