import { HttpResponse } from 'msw';
import { sessionRestored } from '../store/slices/authSlice';
import { makeStore } from '../store/store';
import { session } from './fixtures';
import { feedOf, server } from './server';
import { http } from './http';

/** A store with Tina logged in and an empty feed. */
export function travelerStore() {
  server.use(http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  return store;
}
