import type { PageOf } from '../api/wire';

export interface Pagination {
  page: number;
  perPage: number;
  total: number;
  hasNext: boolean;
  /** The server stopped counting: the true total is at least `total`. */
  totalCapped: boolean;
}

export const emptyPage = (perPage: number): Pagination => ({ page: 1, perPage, total: 0, hasNext: false, totalCapped: false });

export const toPagination = ({ pagination }: PageOf<unknown>): Pagination => ({
  page: pagination.page,
  perPage: pagination.per_page,
  total: pagination.total,
  hasNext: pagination.has_next,
  totalCapped: pagination.total_capped,
});
