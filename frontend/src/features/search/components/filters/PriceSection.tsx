import { useId, useState } from 'react';
import type { Currency, Facets } from '../../../../api/wire';
import type { Filters } from '../../../../lib/filters';
import { currencies } from '../../../../lib/preferences';
import { hasOneStay, hasStay, isCrossed } from '../../state/counts';
import { PriceBars } from './PriceBars';

interface Props {
  filters: Filters;
  facets: Facets | undefined;
  /** Of most places that are found. */
  currency: Currency;
  onChange: (patch: Partial<Filters>) => void;
}

interface AmountProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

function Amount({ label, value, onChange }: AmountProps) {
  const [text, setText] = useState(value ? String(value) : '');
  const id = useId();
  const change = (typed: string) => {
    setText(typed);
    onChange(Number(typed) > 0 ? Number(typed) : null);
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input id={id} type="number" min={0} step="any" inputMode="decimal" placeholder="Any" className="input" value={text} onChange={(event) => change(event.target.value)} />
    </div>
  );
}

const CROSSED = 'The upper amount is below the lower one.';

export function PriceSection({ filters, facets, currency, onChange }: Props) {
  const id = useId();
  const { minPrice, maxPrice, minTotal, maxTotal } = filters;
  const ofStay = hasOneStay(filters);
  const bound = (patch: Partial<Filters>) => onChange({ currency: filters.currency || currency, ...patch });
  const crossed = isCrossed(minPrice, maxPrice) || isCrossed(minTotal, maxTotal);
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h3 id={id} className="font-bold">
        {ofStay ? 'Price of the stay and of a night' : 'Price a night'}
      </h3>
      {facets && <PriceBars prices={facets.prices} currency={facets.currency} least={ofStay ? minTotal : minPrice} most={ofStay ? maxTotal : maxPrice} />}
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_1fr_auto]">
        {hasStay(filters) && (
          <>
            <Amount label="Total from" value={minTotal} onChange={(value) => bound({ minTotal: value })} />
            <Amount label="Total up to" value={maxTotal} onChange={(value) => bound({ maxTotal: value })} />
            <span className="max-sm:hidden" />
          </>
        )}
        <Amount label="Price from" value={minPrice} onChange={(value) => bound({ minPrice: value })} />
        <Amount label="Price up to" value={maxPrice} onChange={(value) => bound({ maxPrice: value })} />
        <div className="max-sm:col-span-2">
          <label htmlFor={`${id}-currency`} className="mb-1 block text-sm font-semibold">
            Currency
          </label>
          <select id={`${id}-currency`} className="input" value={filters.currency || currency} onChange={({ target }) => onChange({ currency: target.value as Currency })}>
            {[...new Set([filters.currency || currency, currency, ...currencies])].map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
        </div>
      </div>
      {crossed && (
        <p role="alert" className="text-sm font-medium text-rose-600">
          {CROSSED}
        </p>
      )}
    </section>
  );
}
