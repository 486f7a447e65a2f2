import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Photos } from '../../../api/wire';
import { LISTING_ID } from '../../../test/fixtures';
import { ownerStore, ownListing } from '../../../test/hosting';
import { http } from '../../../test/http';
import { renderApp } from '../../../test/renderApp';
import { failure, feedOf, pageOf, server, type Answer } from '../../../test/server';

let stored: Photos = { images: ['/a.webp', '/b.webp', '/c.webp'], version: 1 };
let orders: unknown[] = [];

beforeEach(() => {
  stored = { images: ['/a.webp', '/b.webp', '/c.webp'], version: 1 };
  orders = [];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(ownListing(stored))),
    http.put(`*/api/properties/${LISTING_ID}/images`, async ({ request }) => {
      const body = await request.json();
      orders.push(body);
      if (body.version !== stored.version) return failure(412, 'STALE_VERSION', 'Stale.');
      stored = { images: body.images, version: stored.version + 1 };
      return HttpResponse.json(stored);
    }),
  );
});

async function open() {
  renderApp(`/host/listings/${LISTING_ID}/photos`, ownerStore());
  return screen.findByRole('list', { name: 'Photos' });
}

const shown = () => screen.getAllByRole('img').map((image) => image.getAttribute('src'));
const file = (name: string, type = 'image/png', size = name.length) => {
  // jsdom's form data loses the name of a file on its way, so the file says it itself.
  const made = new File([name], name, { type });
  Object.defineProperty(made, 'size', { value: size });
  return made;
};

/** Takes uploads; a file with an answer of its own gets it once. */
function takeUploads(answers: [name: string, answer: () => Answer<Photos>][] = []) {
  const refused = new Map(answers);
  const sent: string[] = [];
  server.use(
    http.post(`*/api/properties/${LISTING_ID}/images`, async ({ request }) => {
      const name = /\r\n\r\n(.*)\r\n/.exec(await request.text())?.[1] ?? '';
      sent.push(name);
      const answer = refused.get(name)?.();
      refused.delete(name);
      if (answer) return answer;
      stored = { images: [...stored.images, `/${name}`], version: stored.version + 1 };
      return HttpResponse.json(stored, { status: 201 });
    }),
  );
  return sent;
}

test('several files go up one after the other; what cannot be a photo is not sent', async () => {
  const sent = takeUploads();
  await open();
  const files = [file('1.png'), file('notes.txt', 'text/plain'), file('huge.jpg', 'image/jpeg', 16 * 1024 * 1024), file('2.png')];
  await userEvent.upload(screen.getByLabelText('Choose photos'), files, { applyAccept: false });
  await waitFor(() => expect(shown()).toEqual(['/a.webp', '/b.webp', '/c.webp', '/1.png', '/2.png']));
  expect(sent).toEqual(['1.png', '2.png']);
  const refusals = screen.getAllByRole('alert').map((alert) => alert.textContent);
  expect(refusals).toEqual(['notes.txt: Only JPEG, PNG, WebP, HEIC and AVIF photos can be used.', 'huge.jpg: This photo has 16.0 MB; the limit is 15 MB.']);
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss notes.txt' }));
  expect(screen.getAllByRole('alert')).toHaveLength(1);
});

test('files can be dropped, and a refusal of the API stands at its file', async () => {
  takeUploads([['1.png', () => failure(400, 'IMAGE_INVALID', 'This is no picture.')]]);
  await open();
  fireEvent.drop(screen.getByTestId('photo-drop'), { dataTransfer: { files: [file('1.png')], types: ['Files'] } });
  expect(await screen.findByText('This is no picture.', { exact: false })).toHaveTextContent('1.png: This is no picture.');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test('an upload that got no answer can be sent again', async () => {
  const sent = takeUploads([['1.png', () => HttpResponse.error()]]);
  await open();
  await userEvent.upload(screen.getByLabelText('Choose photos'), file('1.png'));
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(shown()).toHaveLength(4));
  expect(sent).toEqual(['1.png', '1.png']);
});

test('the arrows order the photos, quickly too, and the focus stays with the photo', async () => {
  const list = await open();
  expect(within(list).getByText('Cover').closest('li')).toHaveAccessibleName('Photo 1 of 3');
  const right = screen.getByRole('button', { name: 'Move photo 1 right' });
  right.focus();
  await userEvent.keyboard('{Enter}');
  expect(shown()).toEqual(['/b.webp', '/a.webp', '/c.webp']);
  expect(screen.getByRole('button', { name: 'Move photo 2 right' })).toHaveFocus();
  expect(screen.getByText('Photo 1 is now at place 2 of 3.')).toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  expect(screen.getByRole('button', { name: 'Move photo 3 left' })).toHaveFocus();
  await waitFor(() => expect(stored).toEqual({ images: ['/b.webp', '/c.webp', '/a.webp'], version: 3 }));
  expect(orders.map((order) => (order as typeof stored).version)).toEqual([1, 2]);
});

test('a photo is dragged to another place', async () => {
  const list = await open();
  const [first, , third] = within(list).getAllByRole('listitem');
  if (!first || !third) throw new Error('three photos are expected');
  fireEvent.dragStart(third);
  fireEvent.drop(first, { dataTransfer: { files: [] } });
  expect(shown()).toEqual(['/c.webp', '/a.webp', '/b.webp']);
  await waitFor(() => expect(orders).toEqual([{ images: ['/c.webp', '/a.webp', '/b.webp'], version: 1 }]));
});

test('an order that comes too late shows the newest photos', async () => {
  await open();
  stored = { images: ['/c.webp', '/a.webp'], version: 5 };
  await userEvent.click(screen.getByRole('button', { name: 'Move photo 1 right' }));
  expect(await screen.findByText(/The photos were changed somewhere else in the meantime/)).toBeVisible();
  await waitFor(() => expect(shown()).toEqual(['/c.webp', '/a.webp']));
});

test('a removed photo can be taken back, else it goes after a while', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const removed: unknown[] = [];
  server.use(
    http.delete(`*/api/properties/${LISTING_ID}/images`, ({ request }) => {
      const image = new URL(request.url).searchParams.get('image');
      removed.push(image);
      stored = { images: stored.images.filter((each) => each !== image), version: 2 };
      return HttpResponse.json(stored);
    }),
  );
  await open();
  await user.click(screen.getByRole('button', { name: 'Remove photo 2' }));
  expect(screen.getByRole('button', { name: 'Undo' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  vi.advanceTimersByTime(10_000);
  expect(removed).toEqual([]);
  expect(shown()).toHaveLength(3);
  expect(screen.getByRole('button', { name: 'Remove photo 2' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Remove photo 2' }));
  vi.advanceTimersByTime(8_000);
  await waitFor(() => expect(removed).toEqual(['/b.webp']));
  await waitFor(() => expect(shown()).toEqual(['/a.webp', '/c.webp']));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('leaving the page ends the waiting at once', async () => {
  const removed: unknown[] = [];
  server.use(
    http.delete(`*/api/properties/${LISTING_ID}/images`, ({ request }) => {
      removed.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json({ images: ['/b.webp', '/c.webp'], version: 2 });
    }),
    http.get('*/api/owner/listings', () => HttpResponse.json(pageOf([]))),
  );
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'Remove photo 1' }));
  await userEvent.click(screen.getAllByRole('link', { name: 'Your listings' })[0] as HTMLElement);
  await waitFor(() => expect(removed).toEqual([{ image: '/a.webp' }]));
});
