import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { NotificationSettings } from '../../api/wire';
import { ownerStore } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const URL = '*/api/notifications/preferences';
const ADDRESS = '/preferences/notifications';
const settings: NotificationSettings = {
  email: true,
  locale: 'en',
  matrix: { booking_confirmed: { feed: true, email: true }, booking_completed: { feed: true, email: false } },
  kinds: [
    { kind: 'booking_confirmed', label: 'Your stay is confirmed', fixed: ['feed'] },
    { kind: 'booking_completed', label: 'A stay is over', fixed: [] },
  ],
  locales: [
    { code: 'en', name: 'English' },
    { code: 'de', name: 'Deutsch' },
  ],
};
const box = (name: string) => screen.getByRole('checkbox', { name });

test('channels are chosen by kind and saved as a whole', async () => {
  let sent: unknown;
  server.use(
    http.get(URL, () => HttpResponse.json(settings)),
    http.put(URL, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ ...settings, ...(sent as object) });
    }),
  );
  renderApp(ADDRESS, travelerStore());
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Your stay is confirmed: E-mail' }));
  expect(box('Your stay is confirmed: Feed')).toBeDisabled();
  await userEvent.click(box('A stay is over: Feed'));
  await userEvent.selectOptions(screen.getByLabelText('Dates and money in e-mails'), 'Deutsch');
  await userEvent.click(screen.getByRole('button', { name: 'Save notifications' }));
  expect(await screen.findByText('Your notifications are saved.')).toBeVisible();
  expect(sent).toEqual({
    email: true,
    locale: 'de',
    matrix: { booking_confirmed: { feed: true, email: false }, booking_completed: { feed: false, email: false } },
  });
  expect(box('A stay is over: Feed')).not.toBeChecked();
});

test('without e-mails none can be chosen, and what was chosen is kept', async () => {
  server.use(http.get(URL, () => HttpResponse.json(settings)));
  renderApp(ADDRESS, travelerStore());
  const all = await screen.findByRole('checkbox', { name: 'Send me e-mails' });
  await userEvent.click(all);
  expect(box('Your stay is confirmed: E-mail')).toBeDisabled();
  expect(box('Your stay is confirmed: E-mail')).not.toBeChecked();
  await userEvent.click(all);
  expect(box('Your stay is confirmed: E-mail')).toBeChecked();
});

test('a refusal is shown and the choice stays', async () => {
  server.use(
    http.get(URL, () => HttpResponse.json(settings)),
    http.put(URL, () => failure(400, 'VALIDATION_ERROR', 'Travelers are not told of this.')),
  );
  renderApp(ADDRESS, travelerStore());
  await userEvent.click(await screen.findByRole('checkbox', { name: 'A stay is over: E-mail' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save notifications' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Travelers are not told of this.');
  expect(box('A stay is over: E-mail')).toBeChecked();
});

test('what cannot be loaded can be asked for again', async () => {
  server.use(http.get(URL, () => HttpResponse.json(settings)));
  server.use(http.get(URL, () => failure(503, 'SERVICE_UNAVAILABLE', 'Not now.'), { once: true }));
  renderApp(ADDRESS, travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('A stay is over')).toBeVisible();
});

test('owners reach it from their menu', async () => {
  server.use(
    http.get(URL, () => HttpResponse.json(settings)),
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
  );
  renderApp('/profile', ownerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Account menu' }));
  await userEvent.click(screen.getByRole('link', { name: 'Notifications' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
});

test('the link of an e-mail stops its kind without a login, once it is confirmed', async () => {
  const asked: string[] = [];
  server.use(
    http.post('*/api/notifications/unsubscribe/:token', ({ params }) => {
      asked.push(String(params.token));
      return HttpResponse.json({ kind: 'booking_completed', label: 'A stay is over' });
    }),
  );
  renderApp(`${ADDRESS}?stop=u1:booking_completed:sig`);
  const button = await screen.findByRole('button', { name: 'Stop these e-mails' });
  expect(asked).toEqual([]);
  await userEvent.click(button);
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('You will get no more e-mails of this kind: “A stay is over”.'));
  expect(asked).toEqual(['u1:booking_completed:sig']);
});

test('a link that is not complete says so', async () => {
  server.use(http.post('*/api/notifications/unsubscribe/:token', () => failure(404, 'NOT_FOUND', 'This link is not complete.')));
  renderApp(`${ADDRESS}?stop=x`);
  await userEvent.click(await screen.findByRole('button', { name: 'Stop these e-mails' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This link is not complete.');
});
