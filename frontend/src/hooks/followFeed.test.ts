import { waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { afterEach, expect, test, vi } from 'vitest';
import { sessionRestored } from '../store/slices/authSlice';
import { makeStore, type AppStore } from '../store/store';
import { notification, session } from '../test/fixtures';
import { http } from '../test/http';
import { failure, server } from '../test/server';
import { Streams } from '../test/streams';
import { followFeed } from './followFeed';

const event = (name: string, data: object, id?: number) => `event: ${name}\n${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(data)}\n\n`;
const first = notification({ id: 'd1', title: 'First', created_at: '2026-11-22T08:15:00Z' });
const second = notification({ id: 'd2', title: 'Second', created_at: '2026-11-22T08:16:00Z' });
const ids = (store: AppStore) => store.getState().notifications.items.map(({ id }) => id);

let stop = () => {};
afterEach(() => stop());

function follow() {
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  stop = followFeed(store.dispatch);
  return store;
}

function show(state: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

test('once open it loads the feed, then news comes live, with a message and the open booking loaded again', async () => {
  const streams = new Streams([first]);
  const store = follow();
  const connection = await streams.connection(1);
  expect(connection).toMatchObject({ token: 'Bearer jwt-1', lastEventId: null });
  connection.send('retry: 5\n\n' + event('ready', { resumed: false, unread: 1 }, 1000));
  await waitFor(() => expect(ids(store)).toEqual(['d1']));
  const revision = store.getState().bookingView.revision;

  const text = event('notification', second, 1001);
  connection.send(text.slice(0, 30));
  connection.send(text.slice(30));
  await waitFor(() => expect(ids(store)).toEqual(['d2', 'd1']));
  expect(store.getState().notifications.unread).toBe(2);
  expect(store.getState().messages.messages.map((shown) => shown.text)).toEqual(['Second']);
  expect(store.getState().bookingView.revision).toBe(revision + 1);
  expect(streams.polls).toBe(1);
});

test('a broken stream is resumed after its last event, and what comes twice counts once', async () => {
  const streams = new Streams([first]);
  const store = follow();
  const broken = await streams.connection(1);
  broken.send('retry: 5\n\n' + event('ready', { resumed: false, unread: 1 }, 1000));
  await waitFor(() => expect(ids(store)).toEqual(['d1']));
  broken.send(event('notification', second, 1001));
  await waitFor(() => expect(ids(store)).toEqual(['d2', 'd1']));
  broken.end();

  const resumed = await streams.connection(2);
  expect(resumed.lastEventId).toBe('1001');
  const third = notification({ id: 'd3', title: 'Third', created_at: '2026-11-22T08:15:30Z' });
  resumed.send(event('notification', second, 1001) + event('notification', third, 1001) + event('ready', { resumed: true, unread: 3 }, 1002));
  await waitFor(() => expect(ids(store)).toEqual(['d2', 'd3', 'd1']));
  expect(store.getState().notifications.unread).toBe(3);
  expect(store.getState().messages.messages.map((shown) => shown.text)).toEqual(['Second', 'Third']);
  expect(streams.polls).toBe(1);
});

test('what another tab reads is read here', async () => {
  const streams = new Streams([second, first]);
  const store = follow();
  const connection = await streams.connection(1);
  connection.send(event('ready', { resumed: false, unread: 2 }, 1000));
  await waitFor(() => expect(ids(store)).toHaveLength(2));
  connection.send(event('unread', { unread: 1, read: ['d1'] }));
  await waitFor(() => expect(store.getState().notifications.unread).toBe(1));
  expect(store.getState().notifications.items.map(({ read_at }) => read_at !== null)).toEqual([false, true]);
  connection.send(event('unread', { unread: 0, read: [] }));
  await waitFor(() => expect(store.getState().notifications.items.every(({ read_at }) => read_at)).toBe(true));
});

test('without a stream it asks for the feed, and waits as long as it is told to', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const streams = new Streams([first]);
  let tries = 0;
  server.use(
    http.get('*/api/notifications/stream', () => {
      tries += 1;
      return new HttpResponse<never>(null, { status: 503, headers: { 'Retry-After': '20' } });
    }),
  );
  const store = follow();
  await waitFor(() => expect(ids(store)).toEqual(['d1']));
  expect([tries, streams.polls]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect([tries, streams.polls]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(5_000);
  await waitFor(() => expect([tries, streams.polls]).toEqual([2, 2]));
});

test('an id that the server does not know is forgotten', async () => {
  const streams = new Streams();
  follow();
  const connection = await streams.connection(1);
  connection.send('retry: 5\n\n' + event('ready', { resumed: false, unread: 0 }, 1000));
  const sent: (string | null)[] = [];
  server.use(
    http.get('*/api/notifications/stream', ({ request }) => {
      sent.push(request.headers.get('last-event-id'));
      return failure(400, 'VALIDATION_ERROR', 'No such id.');
    }),
  );
  await waitFor(() => expect(streams.polls).toBe(1));
  connection.end();
  await waitFor(() => expect(sent.slice(0, 2)).toEqual(['1000', null]));
});

test('a refused token ends the session', async () => {
  new Streams();
  server.use(
    http.get('*/api/notifications/stream', () => failure(401, 'NOT_AUTHENTICATED', 'No.')),
    http.get('*/api/notifications', () => failure(401, 'NOT_AUTHENTICATED', 'No.')),
  );
  const store = follow();
  await waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(false));
});

test('a tab that is hidden for long lets go, and resumes when it is looked at', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const streams = new Streams();
  follow();
  const connection = await streams.connection(1);
  connection.send(event('ready', { resumed: false, unread: 0 }, 1000));
  await waitFor(() => expect(streams.polls).toBe(1));
  show('hidden');
  await vi.advanceTimersByTimeAsync(59_000);
  connection.send(': keep-alive\n\n');
  expect(streams.opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(streams.opened).toHaveLength(1);
  show('visible');
  expect((await streams.connection(2)).lastEventId).toBe('1000');
});

test('a connection that says nothing for 45 s is taken for dead', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const streams = new Streams();
  follow();
  (await streams.connection(1)).send(event('ready', { resumed: false, unread: 0 }, 1000));
  await waitFor(() => expect(streams.polls).toBe(1));
  await vi.advanceTimersByTimeAsync(50_000);
  expect((await streams.connection(2)).lastEventId).toBe('1000');
});

test('after logging out nothing is asked any more', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const streams = new Streams();
  follow();
  const connection = await streams.connection(1);
  connection.send(event('ready', { resumed: false, unread: 0 }, 1000));
  await waitFor(() => expect(streams.polls).toBe(1));
  stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect([streams.opened.length, streams.polls]).toEqual([1, 1]);
});
