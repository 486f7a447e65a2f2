import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { SecondFactor } from '../../api/wire';
import { session } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const off: SecondFactor = { is_on: false, on_since: null, recovery_codes_left: 0 };
const on: SecondFactor = { is_on: true, on_since: '2026-11-20T08:00:00Z', recovery_codes_left: 9 };
const enrolment = { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', qr: { size: 45, path: 'M4 4h7v1h-7z' } };
const codes = ['nbsw-y3dp-ehpk-3pxq', 'abcd-efgh-2345-6777'];

function openSecurity(factor: SecondFactor) {
  let stored = factor;
  server.use(http.get('*/api/account/second-factor', () => HttpResponse.json(stored)));
  renderApp('/account/security', travelerStore());
  return (next: SecondFactor) => (stored = next);
}

test('it is set up by password and code, and shows the recovery codes once', async () => {
  const sent: unknown[] = [];
  const store = openSecurity(off);
  server.use(
    http.post('*/api/account/second-factor/begin', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(enrolment);
    }),
    http.post('*/api/account/second-factor/confirm', async ({ request }) => {
      sent.push(await request.json());
      store(on);
      return HttpResponse.json({ recovery_codes: codes });
    }),
  );
  await userEvent.type(await screen.findByLabelText('Your password'), 'a long enough password');
  await userEvent.click(screen.getByRole('button', { name: 'Set it up' }));
  const drawn = await screen.findByRole('img', { name: 'QR code of the secret' });
  expect(drawn).toHaveAttribute('viewBox', '0 0 45 45');
  expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeVisible();
  await userEvent.type(screen.getByLabelText('Code of the app'), '492039');
  await userEvent.click(screen.getByRole('button', { name: 'Switch it on' }));
  const shown = await screen.findByRole('region', { name: 'Recovery codes' });
  expect(within(shown).getAllByRole('listitem').map((item) => item.textContent)).toEqual(codes);
  expect(sent).toEqual([{ password: 'a long enough password' }, { code: '492039' }]);
  await userEvent.click(screen.getByRole('button', { name: 'I have kept them' }));
  await screen.findByText(/9 recovery codes are left/);
  expect(screen.queryByText(codes[0] as string)).toBeNull();
});

test('a wrong code is said beside its field', async () => {
  openSecurity(off);
  const fields = { code: ['This code is wrong.'] };
  server.use(
    http.post('*/api/account/second-factor/begin', () => HttpResponse.json(enrolment)),
    http.post('*/api/account/second-factor/confirm', () => failure(400, 'VALIDATION_ERROR', 'code: no', { fields })),
  );
  await userEvent.type(await screen.findByLabelText('Your password'), 'x');
  await userEvent.click(screen.getByRole('button', { name: 'Set it up' }));
  await userEvent.type(await screen.findByLabelText('Code of the app'), '000000');
  await userEvent.click(screen.getByRole('button', { name: 'Switch it on' }));
  await waitFor(() => expect(screen.getByLabelText('Code of the app')).toHaveAccessibleDescription('This code is wrong.'));
});

test('it is switched off by password and code', async () => {
  const sent: unknown[] = [];
  openSecurity(on);
  server.use(
    http.post('*/api/account/second-factor/off', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(off);
    }),
  );
  await userEvent.type(await screen.findByLabelText('Your password'), 'pw');
  await userEvent.type(screen.getByLabelText('Code of the app, or a recovery code'), codes[0] as string);
  await userEvent.click(screen.getByRole('button', { name: 'Switch it off' }));
  await screen.findByText('The second factor is off.');
  expect(sent).toEqual([{ password: 'pw', code: codes[0] }]);
  expect(await screen.findByRole('heading', { name: 'The second factor is off' })).toBeVisible();
});

test('the log-in asks for the code only where there is a second factor', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/account/session', async ({ request }) => {
      const body = (await request.json()) as { code?: string };
      sent.push(body);
      if (!body.code) return failure(401, 'SECOND_FACTOR_REQUIRED', 'Send `code`.');
      if (body.code === '000000') return failure(401, 'CODE_WRONG', 'This code is wrong.');
      return HttpResponse.json(session());
    }),
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
  const { store } = renderApp('/login');
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ann@example.com');
  await userEvent.type(screen.getByLabelText('Password'), 'pw');
  expect(screen.queryByLabelText('Code')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await userEvent.type(await screen.findByLabelText('Code'), '000000');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await waitFor(() => expect(screen.getByLabelText('Code')).toHaveAccessibleDescription(/This code is wrong/));
  await userEvent.clear(screen.getByLabelText('Code'));
  await userEvent.type(screen.getByLabelText('Code'), '492039');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(true));
  const known = { email: 'ann@example.com', password: 'pw' };
  expect(sent).toEqual([known, { ...known, code: '000000' }, { ...known, code: '492039' }]);
});
