import { http, HttpResponse } from 'msw';
import { sessionRestored } from '../store/slices/authSlice';
import { makeStore } from '../store/store';
import { session } from './fixtures';
import { pageOf, server } from './server';

/** A store with Tina logged in and an empty feed. */
export function travelerStore() {
  server.use(http.get('*/api/notifications', () => HttpResponse.json({ ...pageOf([]), unread: 0 })));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  return store;
}
