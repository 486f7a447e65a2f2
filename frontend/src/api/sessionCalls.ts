import axios from 'axios';
import { toProblem } from './problem';
import type { Session } from './wire';

/** What no form and no page of others can send: the server asks for it wherever the cookie speaks for somebody. */
export const FROM_OUR_PAGE = { 'X-Staywell-Session': 'browser' };
const HINT = 'staywell_signed_in=1';
const TIMEOUT_MS = 15_000;

/** Whether there may be a login. The cookie that carries it cannot be read; this one only says that it was set. */
export const maySignIn = () => document.cookie.split('; ').includes(HINT);

/** The account was suspended: whoever is logged in is out. */
export class Suspended extends Error {
  constructor(readonly supportEmail: string | null) {
    super('The account is suspended.');
  }
}

/** A new access token by the cookie, or null where the login has ended. Throws `Suspended`, and where no answer came. */
export async function requestRenewal(): Promise<Session | null> {
  try {
    const { data } = await axios.post<Session>('/api/account/session/refresh', undefined, { headers: FROM_OUR_PAGE, timeout: TIMEOUT_MS });
    return data;
  } catch (error) {
    const { code, status, details } = toProblem(error);
    if (code === 'ACCOUNT_SUSPENDED') throw new Suspended(details.support_email ?? null);
    if (status === 401) return null;
    throw error;
  }
}
