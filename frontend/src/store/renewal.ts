import { requestRenewal, Suspended } from '../api/sessionCalls';
import type { Session } from '../api/wire';

const LOCK = 'staywell.renewal';

/** Returns the token to go on with, given the one that no longer does; null where the login has ended. */
export type Renew = (used: string | null) => Promise<string | null>;

/** All tabs share one cookie: while one renews it the others wait, where the browser has locks. */
const oneTabAtATime = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(LOCK, work) : work();

interface Listeners {
  onRenewed: (session: Session) => void;
  onSuspended: (supportEmail: string | null) => void;
}

/** One renewal at a time, whoever asks for it and however often. */
export function createRenewal(readToken: () => string | null, { onRenewed, onSuspended }: Listeners): Renew {
  let running: Promise<string | null> | null = null;

  const renewed = (used: string | null) => {
    const token = readToken();
    return token !== used ? token : null;
  };

  return (used) => {
    const known = renewed(used);
    if (known) return Promise.resolve(known);
    running ??= oneTabAtATime(async () => {
      const fromAnotherTab = renewed(used);
      if (fromAnotherTab) return fromAnotherTab;
      const session = await requestRenewal();
      if (session) onRenewed(session);
      return session?.token ?? null;
    })
      .catch((error: unknown) => {
        if (!(error instanceof Suspended)) throw error;
        onSuspended(error.supportEmail);
        return null;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
}
