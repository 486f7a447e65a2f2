import axios from 'axios';
import type { Session } from './wire';

/** What no form and no page of others can send: the server asks for it wherever the cookie speaks for somebody. */
export const FROM_OUR_PAGE = { 'X-Staywell-Session': 'browser' };
const HINT = 'staywell_signed_in=1';
const TIMEOUT_MS = 15_000;

/** Whether there may be a login. The cookie that carries it cannot be read; this one only says that it was set. */
export const maySignIn = () => document.cookie.split('; ').includes(HINT);

/** A new access token by the cookie, or null where the login has ended. Throws where no answer came. */
export async function requestRenewal(): Promise<Session | null> {
  const { data, status } = await axios.post<Session>('/api/account/session/refresh', undefined, {
    headers: FROM_OUR_PAGE,
    timeout: TIMEOUT_MS,
    validateStatus: (code) => code === 200 || code === 401,
  });
  return status === 200 ? data : null;
}
