import { maySignIn } from '../api/sessionCalls';
import type { Session } from '../api/wire';
import { loggedOut, sessionExpired, sessionRestored } from './slices/authSlice';
import { sessionOver } from './slices/messageSlice';
import type { AppStore } from './store';

const CHANNEL = 'staywell.session';
/** Where tokens stood before they were kept in memory. */
const OLD_KEY = 'staywell.session';
const AHEAD_MS = 60_000;
const SOONEST_MS = 30_000;
const LATEST_MS = 8 * 60_000;

type News = { renewed: Session } | { ended: true };

/** Before the token expires. Bounded, since this clock may be wrong by any amount. */
const untilRenewal = (expiresAt: string) =>
  Math.min(Math.max(new Date(expiresAt).getTime() - Date.now() - AHEAD_MS, SOONEST_MS), LATEST_MS);

/** Tells other tabs of renewals and log-outs, and hears of theirs. */
function shareWithTabs(store: AppStore): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  let known = store.getState().auth;
  let heard: string | null = null;

  channel.onmessage = ({ data }: MessageEvent<News>) => {
    const { user } = store.getState().auth;
    if ('ended' in data) {
      if (user) store.dispatch(loggedOut());
    } else if (user?.id === data.renewed.user.id) {
      heard = data.renewed.token;
      store.dispatch(sessionRestored(data.renewed));
    }
  };
  const unsubscribe = store.subscribe(() => {
    const { auth, session } = store.getState();
    const before = known;
    known = auth;
    if (before.user && !auth.user && !session.expired) channel.postMessage({ ended: true });
    if (!auth.user || !auth.token || auth.token === before.token || auth.token === heard || !session.expiresAt) return;
    channel.postMessage({ renewed: { user: auth.user, token: auth.token, expires_at: session.expiresAt } });
  });
  return () => {
    unsubscribe();
    channel.close();
  };
}

/** Renews the token of whoever is logged in before it expires. */
function renewAhead(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let followed: string | null = null;

  const renew = async () => {
    const { token } = store.getState().auth;
    try {
      if ((await store.renew(token)) || token !== store.getState().auth.token) return;
      store.dispatch(sessionExpired());
      store.dispatch(sessionOver());
    } catch {
      timer = setTimeout(() => void renew(), SOONEST_MS);
    }
  };
  const follow = () => {
    const { auth, session } = store.getState();
    if (auth.token === followed) return;
    followed = auth.token;
    clearTimeout(timer);
    if (auth.token && session.expiresAt) timer = setTimeout(() => void renew(), untilRenewal(session.expiresAt));
  };
  follow();
  const unsubscribe = store.subscribe(follow);
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** Logs in again by the cookie, if there may be one. Resolves in any case. */
export async function restoreSession(store: AppStore): Promise<void> {
  localStorage.removeItem(OLD_KEY);
  if (!maySignIn()) return;
  await store.renew(null).catch(() => null);
}

/** Keeps whoever logs in logged in. Returns the way to stop. */
export function keepSession(store: AppStore): () => void {
  const stops = [renewAhead(store), shareWithTabs(store)];
  return () => stops.forEach((stop) => stop());
}
