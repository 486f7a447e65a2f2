import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { server } from '../test/server';
import { createClient } from './client';

function answers(code: string, refusals: number) {
  const bodies: unknown[] = [];
  server.use(
    http.post('*/api/traveler/auth/login', async ({ request }) => {
      bodies.push(await request.json());
      if (bodies.length > refusals) return HttpResponse.json({ token: 't' });
      return HttpResponse.json({ error: { code, message: 'Busy.', request_id: 'r' } }, { status: 503, headers: { 'Retry-After': '0.02' } });
    }),
  );
  return bodies;
}

const BODY = { email: 'a@example.com', password: 'long enough' };
const logIn = () => createClient(() => null, () => Promise.resolve(null)).post('/traveler/auth/login', BODY);

test('a log-in that found no room is sent again as it was', async () => {
  const bodies = answers('LOGIN_BUSY', 2);
  expect((await logIn()).status).toBe(200);
  expect(bodies).toEqual([BODY, BODY, BODY]);
});

test('after three more tries the refusal is shown', async () => {
  const bodies = answers('LOGIN_BUSY', 9);
  await expect(logIn()).rejects.toMatchObject({ response: { status: 503 } });
  expect(bodies).toHaveLength(4);
});

test('another 503 is not sent again: nobody knows what became of it', async () => {
  const bodies = answers('SERVICE_UNAVAILABLE', 9);
  await expect(logIn()).rejects.toMatchObject({ response: { status: 503 } });
  expect(bodies).toHaveLength(1);
});
