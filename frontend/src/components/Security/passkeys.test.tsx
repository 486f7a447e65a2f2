import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Passkey } from '../../api/wire';
import { session } from '../../test/fixtures';
import { fill } from '../../test/fill';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const passkey: Passkey = { id: '66f1c2a4b8e0d3f5a7c91e77', name: 'My phone', is_synced: true, created_at: '2026-11-20T08:00:00Z', used_at: null };
const challenge = { challenge: 'AQID', domain: 'localhost', seconds: 300 };
const creation = { ...challenge, user_handle: 'BAU', user_name: 'ann@example.com', algorithms: [-7], known: [{ id: '_-8', transports: ['internal'] }] };
const bytes = (...values: number[]) => Uint8Array.from(values).buffer;
const signed = { credential_id: '_-8', client_data: 'AQ', authenticator_data: 'Ag', signature: 'Aw', user_handle: 'BAU' };
const answered = {
  rawId: bytes(255, 239),
  response: { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: bytes(4, 5) },
};
const created = { response: { clientDataJSON: bytes(1), attestationObject: bytes(2), getTransports: () => ['internal'] } };
const container = { create: vi.fn<(options: CredentialCreationOptions) => Promise<unknown>>(), get: vi.fn<(options: CredentialRequestOptions) => Promise<unknown>>() };
let fillsIn = false;

/** jsdom has no passkeys: this stands for the browser's part, and speaks its interface. */
beforeEach(() => {
  fillsIn = false;
  container.create.mockReset().mockResolvedValue(created);
  container.get.mockReset().mockResolvedValue(answered);
  vi.stubGlobal('PublicKeyCredential', Object.assign(vi.fn(), { isConditionalMediationAvailable: () => Promise.resolve(fillsIn) }));
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, { credentials: container }));
  server.use(
    http.get('*/api/account/second-factor', () => HttpResponse.json({ is_on: false, on_since: null, recovery_codes_left: 0 })),
    http.post('*/api/account/passkeys/challenge', () => HttpResponse.json(challenge)),
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
});
afterEach(() => vi.unstubAllGlobals());

function openSecurity(...stored: Passkey[]) {
  server.use(http.get('*/api/account/passkeys', () => HttpResponse.json({ results: stored })));
  renderApp('/account/security', travelerStore());
}

const notAllowed = new DOMException('no', 'NotAllowedError');

test('one is added by the password, with the name that was given', async () => {
  openSecurity();
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/account/passkeys/begin', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(creation);
    }),
    http.post('*/api/account/passkeys', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(passkey, { status: 201 });
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Add a passkey' }));
  const form = screen.getByRole('form', { name: 'Add a passkey' });
  fill(within(form).getByLabelText('Name'), 'My phone');
  fill(within(form).getByLabelText('Your password'), 'pw');
  container.create.mockRejectedValueOnce(notAllowed);
  await userEvent.click(within(form).getByRole('button', { name: 'Go on' }));
  expect(await within(form).findByRole('alert')).toHaveTextContent(/No passkey was used/);
  await userEvent.click(within(form).getByRole('button', { name: 'Go on' }));
  expect(await screen.findByRole('heading', { name: /My phone/ })).toBeVisible();
  expect(sent).toEqual([{ password: 'pw' }, { password: 'pw' }, { name: 'My phone', client_data: 'AQ', attestation: 'Ag', transports: ['internal'] }]);
  expect(container.create.mock.lastCall?.[0].publicKey).toMatchObject({
    rp: { id: 'localhost' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [{ id: Uint8Array.from([255, 239]), transports: ['internal'] }],
  });
});

test('one is renamed, and removed by a passkey as proof', async () => {
  openSecurity(passkey);
  const sent: unknown[] = [];
  server.use(
    http.put('*/api/account/passkeys/:id', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...passkey, name: 'Old phone' });
    }),
    http.delete('*/api/account/passkeys/:id', async ({ request }) => {
      sent.push(await request.json());
      return sent.length === 2 ? failure(400, 'VALIDATION_ERROR', 'passkey: no', { fields: { passkey: ['no'] } }) : new HttpResponse(null, { status: 204 });
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Rename My phone' }));
  fill(screen.getByLabelText('Name'), 'Old phone');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Old phone' }));
  const form = screen.getByRole('form', { name: 'Remove the passkey' });
  await userEvent.click(within(form).getByRole('button', { name: 'Use a passkey instead' }));
  expect(await within(form).findByRole('alert')).toHaveTextContent('passkey: no');
  await userEvent.click(within(form).getByRole('button', { name: 'Use a passkey instead' }));
  await screen.findByText('Old phone was removed.');
  expect(screen.queryByRole('list', { name: 'Passkeys' })).toBeNull();
  expect(sent).toEqual([{ name: 'Old phone' }, { passkey: signed }, { passkey: signed }]);
});

test('the log-in page asks for one at the press of a button', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/account/session/passkey', async ({ request }) => {
      sent.push([request.headers.get('X-Staywell-Session'), await request.json()]);
      return HttpResponse.json(session());
    }),
  );
  const { store } = renderApp('/login');
  container.get.mockRejectedValueOnce(notAllowed);
  await userEvent.click(await screen.findByRole('button', { name: 'Use a passkey' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/No passkey was used/);
  await userEvent.click(screen.getByRole('button', { name: 'Use a passkey' }));
  await waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(true));
  expect(sent).toEqual([['browser', signed]]);
  expect(container.get.mock.lastCall?.[0]).toMatchObject({ mediation: 'optional', publicKey: { rpId: 'localhost', userVerification: 'required' } });
});

test('where the browser fills passkeys in, one that is chosen logs in', async () => {
  fillsIn = true;
  server.use(http.post('*/api/account/session/passkey', () => HttpResponse.json(session())));
  container.get.mockImplementation(({ signal }) =>
    container.get.mock.calls.length === 1
      ? Promise.resolve(answered)
      : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('over', 'AbortError')))),
  );
  const { store } = renderApp('/login');
  await waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(true));
  expect(container.get.mock.calls[0]?.[0].mediation).toBe('conditional');
});

test('it stands in for the code after the password', async () => {
  const sent: { passkey?: unknown }[] = [];
  server.use(
    http.post('*/api/account/session', async ({ request }) => {
      const body = (await request.json()) as { passkey?: unknown };
      sent.push(body);
      return body.passkey ? HttpResponse.json(session()) : failure(401, 'SECOND_FACTOR_REQUIRED', 'Send `code`.');
    }),
  );
  const { store } = renderApp('/login');
  fill(await screen.findByLabelText('E-mail'), 'ann@example.com');
  fill(screen.getByLabelText('Password'), 'pw');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Use a passkey instead of the code' }));
  await waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(true));
  expect(sent.at(-1)).toEqual({ email: 'ann@example.com', password: 'pw', passkey: signed });
});

test('a browser without passkeys is told so, and not offered any', async () => {
  vi.stubGlobal('PublicKeyCredential', undefined);
  openSecurity();
  expect(await screen.findByText(/This browser has no passkeys/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Add a passkey' })).toBeNull();
});
