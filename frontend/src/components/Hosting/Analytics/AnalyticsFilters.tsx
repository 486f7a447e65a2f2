import { useId } from 'react';
import { monthChoices, monthName, type Month } from '../../../lib/months';
import { ListingSelect } from '../ListingSelect';

export interface AnalyticsChoice {
  from: Month;
  to: Month;
  listing_id: string;
  currency: string;
}

interface Props {
  choice: AnalyticsChoice;
  currencies: string[];
  onChange: (patch: Partial<AnalyticsChoice>) => void;
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: [value: string, name: string][]; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

export function AnalyticsFilters({ choice, currencies, onChange }: Props) {
  const known = monthChoices();
  const months = (chosen: Month): [string, string][] => [...new Set([...known, chosen])].sort().reverse().map((month) => [month, monthName(month)]);
  return (
    <div role="group" aria-label="What the figures are about" className="grid grid-cols-2 gap-3 lg:grid-cols-[minmax(0,18rem)_minmax(0,12rem)_minmax(0,12rem)_minmax(0,9rem)]">
      <div className="col-span-2 lg:col-span-1">
        <ListingSelect value={choice.listing_id} onChange={(listing_id) => onChange({ listing_id })} />
      </div>
      <Choice label="From" value={choice.from} options={months(choice.from)} onChange={(from) => onChange({ from })} />
      <Choice label="Through" value={choice.to} options={months(choice.to)} onChange={(to) => onChange({ to })} />
      {currencies.length > 1 && <Choice label="Currency" value={choice.currency} options={currencies.map((code) => [code, code])} onChange={(currency) => onChange({ currency })} />}
    </div>
  );
}
