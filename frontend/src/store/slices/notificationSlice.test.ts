import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { notification, session } from '../../test/fixtures';
import { http } from '../../test/http';
import { pageOf, server } from '../../test/server';
import { makeStore } from '../store';
import { sessionRestored } from './authSlice';
import { markAllRead, markRead, pollNotifications } from './notificationSlice';

const first = notification({ id: 'd1', title: 'First' });
const second = notification({ id: 'd2', title: 'Second' });

async function storeWith(feeds: (typeof first)[][]) {
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  server.use(
    http.get('*/api/notifications', () => {
      const items = feeds.shift() ?? [];
      return HttpResponse.json({ ...pageOf(items), unread: items.length });
    }),
  );
  await store.dispatch(pollNotifications());
  return store;
}

test('what was there at the first look is no news, what comes later is', async () => {
  const store = await storeWith([[first], [second, first]]);
  expect(store.getState().messages.messages).toEqual([]);
  await store.dispatch(pollNotifications());
  expect(store.getState().notifications).toMatchObject({ items: [{ id: 'd2' }, { id: 'd1' }], unread: 2 });
  expect(store.getState().messages.messages).toEqual([
    { id: 'd2', tone: 'info', text: 'Second', to: '/bookings/b00000000000000000000001' },
  ]);
});

test('reading one takes one off, reading all takes all off', async () => {
  const store = await storeWith([[second, first]]);
  server.use(
    http.post('*/api/notifications/d1/read', () => HttpResponse.json({ ...first, read_at: '2026-11-22T09:00:00Z' })),
    http.post('*/api/notifications/read-all', () => HttpResponse.json({ unread: 0 })),
  );
  await store.dispatch(markRead('d1'));
  await store.dispatch(markRead('d1'));
  expect(store.getState().notifications.unread).toBe(1);
  expect(store.getState().notifications.items.map(({ read_at }) => read_at)).toEqual([null, '2026-11-22T09:00:00Z']);
  await store.dispatch(markAllRead());
  expect(store.getState().notifications.unread).toBe(0);
  expect(store.getState().notifications.items.filter(({ read_at }) => read_at === null)).toEqual([]);
});
