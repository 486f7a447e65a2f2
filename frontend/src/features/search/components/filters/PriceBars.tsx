import type { Facets } from '../../../../api/wire';
import { formatMoney } from '../../../../lib/money';

interface Props {
  prices: Facets['prices'];
  currency: string;
  least: number | null;
  most: number | null;
}

const SHORTEST = 6;
const whole = (amount: number, currency: string) => formatMoney(Math.round(amount), currency);

/** How many places there are at which price; what is outside the bounds is pale. */
export function PriceBars({ prices, currency, least, most }: Props) {
  const [first, last] = [prices[0], prices.at(-1)];
  if (!first || !last || prices.length < 2) return null;
  const highest = Math.max(...prices.map(({ count }) => count));
  const inside = (bar: (typeof prices)[number]) => bar.most > (least ?? 0) && bar.least <= (most ?? Infinity);
  return (
    <figure>
      <div role="img" aria-label={`Prices from ${whole(first.least, currency)} to ${whole(last.most, currency)}`} className="flex h-16 items-end gap-px">
        {prices.map((bar) => (
          <span
            key={bar.least}
            title={`${whole(bar.least, currency)} to ${whole(bar.most, currency)}: ${bar.count}`}
            style={{ height: `${SHORTEST + ((100 - SHORTEST) * bar.count) / highest}%` }}
            className={`min-w-0 flex-1 rounded-t-sm ${inside(bar) ? 'bg-pine-600' : 'bg-pine-100'}`}
          />
        ))}
      </div>
      <figcaption className="mt-1 flex justify-between text-sm text-muted tabular-nums" aria-hidden="true">
        <span>{whole(first.least, currency)}</span>
        <span>{whole(last.most, currency)}</span>
      </figcaption>
    </figure>
  );
}
