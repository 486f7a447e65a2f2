import { lazy, Suspense } from 'react';
import type { Props } from './DateRangeCalendar';

const DateRangeCalendar = lazy(async () => ({ default: (await import('./DateRangeCalendar')).DateRangeCalendar }));

/** The calendar comes when it is shown; its room is kept. */
export const DateRangePicker = (props: Props) => (
  <Suspense fallback={<div className="h-[25rem]" />}>
    <DateRangeCalendar {...props} />
  </Suspense>
);
