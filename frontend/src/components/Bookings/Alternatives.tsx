import type { Alternative } from '../../api/wire';
import { formatRange } from '../../lib/dates';
import { formatMoney } from '../../lib/money';

interface Props {
  alternatives: Alternative[];
  currency: string;
  onChoose: (stay: Alternative) => void;
}

/** Dates that are free, a press away. */
export function Alternatives({ alternatives, currency, onChoose }: Props) {
  if (alternatives.length === 0) return null;
  return (
    <div className="mt-3">
      <p className="text-sm font-semibold">Free near these dates:</p>
      <ul aria-label="Free stays" className="mt-1 flex flex-wrap gap-2">
        {alternatives.map((stay) => (
          <li key={`${stay.check_in}${stay.check_out}`}>
            <button
              type="button"
              onClick={() => onChoose(stay)}
              className="min-h-11 rounded-full border border-pine-700 bg-surface px-4 text-sm font-semibold text-pine-700 hover:bg-pine-50"
            >
              {formatRange(stay.check_in, stay.check_out)}
              {stay.total_price !== undefined && ` · ${formatMoney(stay.total_price, currency)}`}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
