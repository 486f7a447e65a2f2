import { isAxiosError } from 'axios';
import type { ApiClient } from '../../../api/client';
import type { FoundCard, FoundPage, PageOf } from '../../../api/wire';
import type { Filters } from '../../../lib/filters';
import { searchRequest } from './request';

export const PER_PAGE = 20;
const MOST_AT_ONCE = 100;

export interface PagesWanted {
  filters: Filters;
  /** The first page that is asked for. */
  page: number;
  /** So many from there on. */
  pages?: number;
  /** Where that page begins. Without it the page is asked for by its number. */
  cursor?: string | null;
  /** Follows what is shown, instead of taking its place. */
  more?: boolean;
}

type Answer = PageOf<FoundCard> & Partial<Pick<FoundPage, 'next_cursor' | 'loosen'>>;
/** `follows`: the results go behind those that are shown. */
export type PagesFound = Answer & { follows: boolean };

interface Tools {
  api: ApiClient;
  signal: AbortSignal;
}

async function ask(filters: Filters, page: { page?: number; cursor?: string; per_page: number }, { api, signal }: Tools): Promise<Answer> {
  const { path, params } = searchRequest(filters);
  // The list of all knows no cursor, and gives none.
  const { data } = await api.get(path, { params: { ...params, ...page }, signal });
  return data;
}

/** As many pages as were shown, from the first one on, so that a reload comes back to where one was. */
async function firstPages(filters: Filters, pages: number, tools: Tools): Promise<Answer> {
  const wanted = pages * PER_PAGE;
  let found = await ask(filters, { page: 1, per_page: Math.min(wanted, MOST_AT_ONCE) }, tools);
  while (found.results.length < wanted && found.next_cursor) {
    const next = await ask(filters, { cursor: found.next_cursor, per_page: Math.min(wanted - found.results.length, MOST_AT_ONCE) }, tools);
    found = { ...found, ...next, results: [...found.results, ...next.results] };
  }
  return found;
}

const isCursorRefused = (error: unknown) => isAxiosError(error) && error.response?.status === 400;

/** A cursor ends with the day, as rates do: then all pages are read again. */
export async function foundPages({ filters, page, pages = 1, cursor, more = false }: PagesWanted, tools: Tools): Promise<PagesFound> {
  if (pages > 1) return { ...(await firstPages(filters, pages, tools)), follows: false };
  if (!cursor) return { ...(await ask(filters, { page, per_page: PER_PAGE }, tools)), follows: more };
  try {
    return { ...(await ask(filters, { cursor, per_page: PER_PAGE }, tools)), follows: true };
  } catch (error) {
    if (!isCursorRefused(error)) throw error;
    return { ...(await firstPages(filters, page, tools)), follows: false };
  }
}
