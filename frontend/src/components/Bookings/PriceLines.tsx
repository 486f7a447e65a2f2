import type { PriceLine } from '../../api/wire';
import { formatMoney } from '../../lib/money';

interface Props {
  lines: PriceLine[];
  total: number;
  currency: string;
}

export function PriceLines({ lines, total, currency }: Props) {
  return (
    <table aria-label="Price" className="w-full">
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.code}${line.label}${line.unit_amount}`}>
            <th scope="row" className="py-1 pr-3 text-left font-normal text-muted">
              {line.label}
              {line.quantity > 1 && (
                <>
                  {' '}
                  <span className="whitespace-nowrap">
                    ({line.quantity} × {formatMoney(line.unit_amount, currency)})
                  </span>
                </>
              )}
            </th>
            <td className="text-right whitespace-nowrap tabular-nums">{formatMoney(line.amount, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-t border-line text-lg font-bold">
          <th scope="row" className="pt-2 text-left">
            Total
          </th>
          <td className="pt-2 text-right whitespace-nowrap tabular-nums">{formatMoney(total, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
