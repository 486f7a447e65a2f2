import type { ReactNode } from 'react';
import { formatMedium, type Day } from '../../lib/dates';
import { Icon } from '../Common/Icon';

interface Props {
  nights: Day[];
  message?: string;
  /** Other dates, in place of the advice to look for some. */
  children?: ReactNode;
}

export function TakenNights({ nights, message = 'Some of these nights are taken.', children }: Props) {
  return (
    <div role="alert" className="rounded-xl bg-apricot-100 p-4 text-apricot-800">
      <p className="flex items-start gap-2 font-semibold">
        <Icon name="warning" /> {message}
      </p>
      {nights.length > 0 && (
        <ul aria-label="Taken nights" className="mt-2 flex flex-wrap gap-2">
          {nights.map((night) => (
            <li key={night} className="rounded-full bg-surface px-3 py-1 text-sm font-medium">
              <time dateTime={night}>{formatMedium(night)}</time>
            </li>
          ))}
        </ul>
      )}
      {children ?? <p className="mt-2 text-sm">The calendar shows what is free now. Choose other dates.</p>}
    </div>
  );
}
