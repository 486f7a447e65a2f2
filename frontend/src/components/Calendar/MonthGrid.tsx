import type { ReactNode } from 'react';
import { daysOfMonth, formatMonth, weekday, type Day } from '../../lib/dates';

const weekdays = [
  ['Monday', 'Mo'],
  ['Tuesday', 'Tu'],
  ['Wednesday', 'We'],
  ['Thursday', 'Th'],
  ['Friday', 'Fr'],
  ['Saturday', 'Sa'],
  ['Sunday', 'Su'],
] as const;

function weeksOf(month: Day): (Day | null)[][] {
  const days = daysOfMonth(month);
  const cells: (Day | null)[] = [...Array.from({ length: weekday(month) }, () => null), ...days];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, index) => cells[week * 7 + index] ?? null),
  );
}

export function MonthGrid({ month, children }: { month: Day; children: (day: Day) => ReactNode }) {
  return (
    <div className="min-w-0 flex-1">
      <p aria-hidden="true" className="grid h-11 place-items-center font-semibold">
        {formatMonth(month)}
      </p>
      <table role="grid" aria-label={formatMonth(month)} className="w-full table-fixed border-separate border-spacing-x-0 border-spacing-y-1">
        <thead>
          <tr>
            {weekdays.map(([name, short]) => (
              <th key={name} scope="col" abbr={name} className="py-1 text-xs font-medium text-muted">
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, index) => (
            <tr key={index}>{week.map((day, column) => (day ? children(day) : <td key={column} />))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
