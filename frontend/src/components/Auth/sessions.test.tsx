import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { DeviceSession } from '../../api/wire';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const device = (changes: Partial<DeviceSession> = {}): DeviceSession => ({
  id: 's1',
  kind: 'browser',
  device: 'Firefox on Windows',
  address: '203.0.113.7',
  created_at: '2026-11-20T08:00:00Z',
  used_at: '2026-11-22T08:00:00Z',
  expires_at: '2026-12-22T08:00:00Z',
  is_current: false,
  ...changes,
});
const phone = device({ id: 's2', device: 'Safari on iPhone', is_current: true });

function openSessions(sessions: DeviceSession[]) {
  server.use(http.get('*/api/account/sessions', () => HttpResponse.json({ results: sessions })));
  return renderApp('/account/sessions', travelerStore());
}

test('the list says which one is this, and ends another', async () => {
  const ended: unknown[] = [];
  server.use(
    http.delete('*/api/account/sessions/:id', ({ params }) => {
      ended.push(params.id);
      return new HttpResponse<never>(null, { status: 204 });
    }),
  );
  openSessions([phone, device(), device({ id: 's3', kind: 'program', device: 'curl/8.5.0' })]);
  const [mine, other, program] = await screen.findAllByRole('listitem').then((all) => all.filter((item) => within(item).queryByRole('heading')));
  expect(mine).toHaveTextContent('Safari on iPhoneThis device');
  expect(within(mine as HTMLElement).queryByRole('button')).toBeNull();
  expect(program).toHaveTextContent('A program · 203.0.113.7');
  expect(other).toHaveTextContent('Firefox on Windows');
  await userEvent.click(screen.getByRole('button', { name: 'Log out Firefox on Windows' }));
  await screen.findByText('Firefox on Windows is logged out.');
  expect(ended).toEqual(['s1']);
  expect(screen.queryByRole('button', { name: 'Log out Firefox on Windows' })).toBeNull();
});

test('a session that could not be ended stays in the list', async () => {
  server.use(http.delete('*/api/account/sessions/:id', () => failure(503, 'SERVICE_UNAVAILABLE', 'Not now.')));
  openSessions([phone, device()]);
  await userEvent.click(await screen.findByRole('button', { name: 'Log out Firefox on Windows' }));
  await screen.findByText('Not now.');
  expect(screen.getByRole('button', { name: 'Log out Firefox on Windows' })).toBeEnabled();
});

test('logging out everywhere asks first and ends here too', async () => {
  const asked: string[] = [];
  const noted = (name: string) => () => {
    asked.push(name);
    return new HttpResponse<never>(null, { status: 204 });
  };
  server.use(
    http.delete('*/api/account/sessions', noted('all')),
    http.delete('*/api/account/session', noted('here')),
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
  const { store, router } = openSessions([phone]);
  await userEvent.click(await screen.findByRole('button', { name: 'Log out everywhere' }));
  const dialog = screen.getByRole('dialog', { name: 'Log out everywhere?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Stay logged in' }));
  expect(asked).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Log out everywhere' }));
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Log out everywhere' }));
  await waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(false));
  expect(asked).toEqual(['all', 'here']);
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
});

test('the account menu leads there', async () => {
  openSessions([phone]);
  await userEvent.click(await screen.findByRole('button', { name: 'Account menu' }));
  expect(screen.getByRole('link', { name: 'Where you are logged in' })).toHaveAttribute('href', '/account/sessions');
});
