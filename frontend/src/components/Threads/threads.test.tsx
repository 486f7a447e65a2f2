import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Thread, ThreadCard, ThreadMessage } from '../../api/wire';
import { LISTING_ID, notification } from '../../test/fixtures';
import { ownerStore } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';
import { notificationCame } from '../../store/slices/notificationSlice';

const THREAD_ID = '700000000000000000000001';

const message = (changes: Partial<ThreadMessage> = {}): ThreadMessage => ({
  id: 'm1',
  number: 1,
  kind: 'text',
  by: 'guest',
  is_yours: true,
  text: 'Is there a desk?',
  is_masked: false,
  is_hidden: false,
  booking_id: null,
  event: '',
  at: '2026-11-22T08:00:00Z',
  ...changes,
});

const place = { id: LISTING_ID, title: 'Shophouse by the river', city: 'Singapore', country: 'Singapore', image: null };

const card = (changes: Partial<ThreadCard> = {}): ThreadCard => ({
  id: THREAD_ID,
  side: 'guest',
  listing: place,
  other_first_name: 'Olaf',
  preview: 'Is there a desk?',
  preview_by: 'guest',
  last_at: '2026-11-22T08:00:00Z',
  unread: 0,
  is_archived: false,
  ...changes,
});

const thread = (messages: ThreadMessage[], changes: Partial<Thread> = {}): Thread => ({
  ...card(),
  messages,
  earlier: null,
  contact_is_shown: false,
  read_by_other: 0,
  is_blocked_by_you: false,
  can_write: true,
  answer_time: { questions: 4, answered_percent: 75, median_minutes: 30 },
  ...changes,
});

let shown: Thread;
const reads: number[] = [];

beforeEach(() => {
  localStorage.clear();
  reads.length = 0;
  shown = thread([message()]);
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/messages/threads', () => HttpResponse.json({ results: [card()], next_cursor: null, unread: 0 })),
    http.get(`*/api/messages/threads/${THREAD_ID}`, () => HttpResponse.json(shown)),
    http.post(`*/api/messages/threads/${THREAD_ID}/read`, async ({ request }) => {
      reads.push((await request.json()).number);
      return HttpResponse.json({ is_archived: false, is_blocked_by_you: false, unread: 0 });
    }),
  );
});

test('the inbox leads to the thread, which is marked as read', async () => {
  renderApp('/messages', travelerStore());
  const list = await screen.findByRole('list', { name: 'Threads' });
  await userEvent.click(within(list).getByRole('link', { name: /Olaf/ }));
  const pane = await screen.findByRole('region', { name: 'Thread with Olaf' });
  expect(within(pane).getByText('Is there a desk?')).toBeVisible();
  expect(within(pane).getByText('Answers 75 % of questions, mostly within 30 minutes.')).toBeVisible();
  await expect.poll(() => reads).toEqual([1]);
});

test('what the stream brings is shown at once, and read', async () => {
  const { store } = renderApp(`/messages/${THREAD_ID}`, travelerStore());
  await screen.findByText('Is there a desk?', { selector: 'div' });
  shown = thread([message(), message({ id: 'm2', number: 2, by: 'host', is_yours: false, text: 'Yes, by the window.' })]);
  act(() => void store.dispatch(notificationCame(notification({ id: 'n9', kind: 'message_received', thread_id: THREAD_ID }))));
  expect(await screen.findByText('Yes, by the window.')).toBeVisible();
  await expect.poll(() => [...new Set(reads)]).toEqual([1, 2]);
});

test('lines of the booking, what is masked and what was seen', async () => {
  shown = thread(
    [
      message({ is_masked: true, text: 'Call me: [hidden]' }),
      message({ id: 'm2', number: 2, kind: 'booking', by: 'host', is_yours: false, text: 'Booking confirmed: 4 Dec 2026 to 6 Dec 2026', booking_id: 'b00000000000000000000001', event: 'confirmed' }),
    ],
    { read_by_other: 1 },
  );
  renderApp(`/messages/${THREAD_ID}`, travelerStore());
  expect(await screen.findByText(/hidden until a booking is confirmed/)).toBeVisible();
  expect(screen.getByText('Seen')).toBeVisible();
  expect(screen.getByRole('link', { name: /Booking confirmed/ })).toHaveAttribute('href', '/bookings/b00000000000000000000001');
});

test('a refused message stays in the field, and is sent again under the same name', async () => {
  const sent: { text: string; client_id: string }[] = [];
  let refuse = true;
  server.use(
    http.post(`*/api/messages/threads/${THREAD_ID}/messages`, async ({ request }) => {
      sent.push(await request.json());
      if (refuse) return failure(503, 'SERVICE_UNAVAILABLE', 'This is not possible right now.');
      return HttpResponse.json({ thread_id: THREAD_ID, message: message({ id: 'm2', number: 2, text: 'When can we come?' }) }, { status: 201 });
    }),
  );
  renderApp(`/messages/${THREAD_ID}`, travelerStore());
  const field = await screen.findByLabelText('Write to Olaf', { selector: 'textarea' });
  await userEvent.type(field, ' When can we come? ');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('This is not possible right now.')).toBeVisible();
  expect(field).toHaveValue(' When can we come? ');
  refuse = false;
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('When can we come?', { selector: 'div' })).toBeVisible();
  expect(field).toHaveValue('');
  expect(new Set(sent.map(({ client_id }) => client_id)).size).toBe(1);
});

test('a draft is there after a reload', async () => {
  renderApp(`/messages/${THREAD_ID}`, travelerStore());
  await userEvent.type(await screen.findByLabelText('Write to Olaf', { selector: 'textarea' }), 'Half a sente');
  document.body.innerHTML = '';
  renderApp(`/messages/${THREAD_ID}`, travelerStore());
  expect(await screen.findByLabelText('Write to Olaf', { selector: 'textarea' })).toHaveValue('Half a sente');
});

test('who is blocked or gone cannot be written to', async () => {
  shown = thread([message()], { can_write: false });
  renderApp(`/messages/${THREAD_ID}`, travelerStore());
  expect(await screen.findByText('Olaf cannot receive messages from you.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
});

test('a message of the other side is reported with a reason', async () => {
  let reported: unknown;
  shown = thread([message({ by: 'host', is_yours: false, text: 'Pay me by wire.' })]);
  server.use(
    http.post(`*/api/messages/threads/${THREAD_ID}/reports`, async ({ request }) => {
      reported = await request.json();
      return HttpResponse.json({ message_id: 'm1', reason: 'payment', status: 'open', decision: '', decided_at: null, created_at: '2026-11-22T08:10:00Z' }, { status: 201 });
    }),
  );
  renderApp(`/messages/${THREAD_ID}`, travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Report' }));
  const dialog = await screen.findByRole('dialog', { name: 'Report a message of Olaf' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Report' }));
  expect(await screen.findByText(/^Reported\./)).toBeVisible();
  expect(reported).toEqual({ message_id: 'm1', reason: 'payment', text: '' });
});

test('asking a host begins a thread', async () => {
  server.use(
    http.get(`*/api/messages/listings/${LISTING_ID}`, () =>
      HttpResponse.json({ listing: place, host_first_name: 'Olaf', thread_id: null, answer_time: { questions: 0, answered_percent: null, median_minutes: null } }),
    ),
    http.post('*/api/messages/threads', () => HttpResponse.json({ thread_id: THREAD_ID, message: message() }, { status: 201 })),
  );
  const { router } = renderApp(`/messages/ask/${LISTING_ID}`, travelerStore());
  await userEvent.type(await screen.findByLabelText('Write to Olaf', { selector: 'textarea' }), 'Is there a desk?');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByRole('region', { name: 'Thread with Olaf' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/messages/${THREAD_ID}`);
});

test('a host puts in a saved reply', async () => {
  shown = thread([message({ is_yours: false })], { side: 'host', other_first_name: 'Tina', answer_time: null });
  server.use(
    http.get('*/api/messages/saved-replies', () =>
      HttpResponse.json({ results: [{ id: '800000000000000000000001', title: 'Desk', text: 'Yes, by the window.', updated_at: '2026-11-22T08:00:00Z' }] }),
    ),
  );
  renderApp(`/messages/${THREAD_ID}`, ownerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Saved replies' }));
  await userEvent.click(await screen.findByRole('button', { name: /^Desk/ }));
  expect(screen.getByLabelText('Write to Tina', { selector: 'textarea' })).toHaveValue('Yes, by the window.');
});

test('the header says how many messages wait', async () => {
  server.use(http.get('*/api/messages/unread', () => HttpResponse.json({ guest: 2, host: 1 })));
  renderApp('/messages', travelerStore());
  expect(await screen.findByRole('link', { name: 'Messages, 3 unread' })).toBeVisible();
});
