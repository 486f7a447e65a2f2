import type { Session } from '../api/wire';
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
  let user: Session['user'] | null = null;
  let token: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const follow = () => {
    const { auth, session } = store.getState();
    if (auth.user === user && auth.token === token) return;
    user = auth.user;
    const renewed = auth.token !== token;
    token = auth.token;
    if (renewed) clearTimeout(timer);
    if (!user || !token || !session.expiresAt) return localStorage.removeItem(KEY);
    const kept: Session = { user, token, expires_at: session.expiresAt };
    localStorage.setItem(KEY, JSON.stringify(kept));
    if (!renewed) return;
    const left = new Date(session.expiresAt).getTime() - Date.now();
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
