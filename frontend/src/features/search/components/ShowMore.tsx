import { Button } from '../../../components/Common/Button';
import type { Pagination } from '../../../store/pagination';

interface Props {
  shown: number;
  pagination: Pagination;
  busy: boolean;
  onMore: () => void;
}

/** The next page below those that are shown. */
export function ShowMore({ shown, pagination, busy, onMore }: Props) {
  const { total, totalCapped, hasNext } = pagination;
  if (!hasNext) return null;
  return (
    <div className="flex flex-col items-center gap-2 py-4">
      <p aria-live="polite" className="text-sm text-muted tabular-nums">
        {shown} of {total.toLocaleString('en')}
        {totalCapped && '+'} places
      </p>
      <Button tone="secondary" busy={busy} onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}
