import { formatMedium, type Day } from '../../lib/dates';
import { Icon } from '../Common/Icon';

interface Props {
  nights: Day[];
  message?: string;
}

export function TakenNights({ nights, message = 'Some of these nights are taken.' }: Props) {
  return (
    <div role="alert" className="rounded-xl bg-apricot-100 p-4 text-apricot-800">
      <p className="flex items-start gap-2 font-semibold">
        <Icon name="warning" /> {message}
      </p>
      <ul aria-label="Taken nights" className="mt-2 flex flex-wrap gap-2">
        {nights.map((night) => (
          <li key={night} className="rounded-full bg-surface px-3 py-1 text-sm font-medium">
            <time dateTime={night}>{formatMedium(night)}</time>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm">The calendar shows what is free now. Choose other dates.</p>
    </div>
  );
}
