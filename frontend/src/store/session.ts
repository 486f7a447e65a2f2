import type { Session } from '../api/types';
import { sessionExpired, sessionRestored } from './slices/authSlice';
import { sessionOver } from './slices/messageSlice';
import type { AppStore } from './store';

const KEY = 'staywell.session';
const LATEST_TIMER_MS = 2_147_483_647;

function readSession(now: number): Session | null {
  try {
    const session = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Session | null;
    return session && new Date(session.expires_at).getTime() > now ? session : null;
  } catch {
    return null;
  }
}

/** Keeps the login across reloads and ends it at its expiry. Returns the way to stop. */
export function keepSession(store: AppStore): () => void {
  const stored = readSession(Date.now());
  if (stored) store.dispatch(sessionRestored(stored));
  let token: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const follow = () => {
    const { auth } = store.getState();
    if (auth.token === token) return;
    token = auth.token;
    clearTimeout(timer);
    if (!auth.user || !auth.token || !auth.expiresAt) return localStorage.removeItem(KEY);
    const session: Session = { user: auth.user, token: auth.token, expires_at: auth.expiresAt };
    localStorage.setItem(KEY, JSON.stringify(session));
    const left = new Date(auth.expiresAt).getTime() - Date.now();
    timer = setTimeout(() => {
      store.dispatch(sessionExpired());
      store.dispatch(sessionOver());
    }, Math.min(left, LATEST_TIMER_MS));
  };

  if (!stored) localStorage.removeItem(KEY);
  follow();
  const unsubscribe = store.subscribe(follow);
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
