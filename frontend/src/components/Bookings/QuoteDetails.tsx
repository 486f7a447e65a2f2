import type { NightRate, Quote } from '../../api/wire';
import { formatFull } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { nights } from '../../lib/text';

const summaryStyle = 'flex min-h-11 w-fit items-center rounded-lg font-semibold text-pine-700 underline underline-offset-4';

/** Where the rate of a night comes from. */
function ruleName(rule: string): string {
  if (rule === 'base') return 'Regular price';
  if (rule === 'weekend') return 'Weekend';
  return rule.replace(/^season:/, '');
}

function Nightly({ nightly, currency }: { nightly: NightRate[]; currency: string }) {
  return (
    <div className="max-h-72 overflow-y-auto">
      <table aria-label="Price of each night" className="w-full text-sm">
        <tbody>
          {nightly.map(({ night, rate, rule }) => (
            <tr key={night} className="border-t border-line align-top first:border-0">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                <time dateTime={night}>{formatFull(night)}</time>
                <span className="block text-muted">{ruleName(rule)}</span>
              </th>
              <td className="py-1.5 text-right whitespace-nowrap tabular-nums">{formatMoney(rate, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Behind the price: its nights, how it came about, and what a cancellation gives back. */
export function QuoteDetails({ quote }: { quote: Quote }) {
  const { nightly, rules, cancellation, currency } = quote;
  return (
    <div className="space-y-1">
      {nightly.length > 0 && (
        <details>
          <summary className={summaryStyle}>Night by night: {nights(nightly.length)}</summary>
          <Nightly nightly={nightly} currency={currency} />
        </details>
      )}
      {rules.length > 0 && (
        <details>
          <summary className={summaryStyle}>How this price is calculated</summary>
          <ol className="list-decimal space-y-1 pb-2 pl-5 text-sm text-muted">
            {rules.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        </details>
      )}
      <p className="text-sm">
        <b>Cancellation:</b> {cancellation.summary}
      </p>
    </div>
  );
}
