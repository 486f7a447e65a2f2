import { HttpResponse, type DefaultBodyType } from 'msw';
import { setupServer } from 'msw/node';
import type { ErrorReply, Feed, NotificationItem, PageOf } from '../api/wire';
import { paymentMethods, terms } from './fixtures';
import { http } from './http';

/** What a test's answer may be: the reply of the path, or an error. */
export type Answer<Reply extends DefaultBodyType> = HttpResponse<Reply | ErrorReply>;

type Problem = ErrorReply['error'];

export const failure = (status: number, code: string, message: string, more: Pick<Problem, 'fields' | 'details'> = {}) =>
  HttpResponse.json<ErrorReply>({ error: { code, message, request_id: 'req-7', ...more } }, { status });

export const pageOf = <T>(results: T[], more: Partial<PageOf<T>['pagination']> = {}): PageOf<T> => ({
  results,
  pagination: { page: 1, per_page: 20, total: results.length, total_capped: false, has_next: false, ...more },
});

/** A page of a search, and the last one. */
export const foundPage = <T>(results: T[], more: Partial<PageOf<T>['pagination']> = {}) => ({ ...pageOf(results, more), next_cursor: null });

export const feedOf = (results: NotificationItem[], unread = results.length): Feed => ({ ...pageOf(results), unread });

/** What pages ask for beside their own matter: there is none of it unless a test says so. */
export const server = setupServer(
  http.post('*/api/account/session/refresh', () => failure(401, 'NOT_AUTHENTICATED', 'Your session has ended.')),
  http.get('*/api/notifications/stream', () => failure(503, 'TOO_MANY_STREAMS', 'No room for another live stream.')),
  http.get('*/api/messages/unread', () => HttpResponse.json({ guest: 0, host: 0 })),
  http.get('*/api/traveler/favorites', () => HttpResponse.json(pageOf([]))),
  http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  http.get('*/api/properties/amenities', () => HttpResponse.json({ amenities: [], known: [] })),
  http.get('*/api/bookings/holds', () => HttpResponse.json({ results: [] })),
  http.get('*/api/bookings/:id/arrival', () => failure(409, 'PLACE_NOT_SHOWN', 'The exact place is not shown.')),
  http.get('*/api/bookings/payments/methods', () => HttpResponse.json(paymentMethods)),
  http.get('*/api/texts/terms', () => HttpResponse.json(terms)),
  http.get('*/api/ai/recommendations', () => HttpResponse.json({ personalized: false, results: [] })),
  http.get('*/api/ai/activities', () => HttpResponse.json(pageOf([]))),
  http.get('*/api/ai/weather', () => failure(404, 'NOT_FOUND', 'No weather is known here.')),
);
