import type { BookingStatus } from '../../api/wire';

const looks: Record<BookingStatus, [label: string, style: string]> = {
  pending: ['Waiting for the host', 'bg-apricot-100 text-apricot-800'],
  confirmed: ['Confirmed', 'bg-pine-100 text-pine-900'],
  completed: ['Completed', 'bg-mist text-ink'],
  declined: ['Declined', 'bg-rose-50 text-rose-800'],
  cancelled: ['Cancelled', 'bg-rose-50 text-rose-800'],
  expired: ['Expired', 'bg-mist text-muted'],
};

interface Props {
  status: BookingStatus;
  forHost?: boolean;
}

export function StatusBadge({ status, forHost = false }: Props) {
  const [label, style] = looks[status];
  const text = forHost && status === 'pending' ? 'Waiting for you' : label;
  return <span className={`inline-flex rounded-full px-3 py-1 text-sm font-semibold whitespace-nowrap ${style}`}>{text}</span>;
}
