import type { Pagination as PageState } from '../../store/pagination';
import { Button } from './Button';

interface Props {
  label: string;
  pagination: PageState;
  onPage: (page: number) => void;
}

export function Pagination({ label, pagination, onPage }: Props) {
  const { page, perPage, total, hasNext, totalCapped } = pagination;
  if (page === 1 && !hasNext) return null;
  const last = Math.max(page, Math.ceil(total / perPage));
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-3 py-4">
      <Button tone="secondary" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <span className="text-sm text-muted tabular-nums">
        Page {page} of {last}
        {totalCapped && '+'}
      </span>
      <Button tone="secondary" disabled={!hasNext} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
