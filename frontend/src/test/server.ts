import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';

export const server = setupServer();

export const failure = (status: number, code: string, message: string, more: object = {}) =>
  HttpResponse.json({ error: { code, message, request_id: 'req-7', ...more } }, { status });

export const pageOf = <T>(results: T[], more: object = {}) => ({
  results,
  pagination: { page: 1, per_page: 20, total: results.length, has_next: false, ...more },
});
