import { useEffect, useState } from 'react';
import type { ApiProblem } from '../api/problem';
import type { UsedPasskey } from '../api/wire';
import { askForPasskey, fillsInPasskeys, knowsPasskeys, passkeyProblem } from '../lib/passkeys';
import { useAppDispatch } from '../store/hooks';
import { authErrorSeen, loginByPasskey } from '../store/slices/authSlice';
import { fetchPasskeyChallenge } from '../store/slices/passkeySlice';
import type { AppDispatch } from '../store/store';

/** So long before the challenge ends it is asked for anew. */
const MARGIN_SECONDS = 15;

/** Lets the browser offer passkeys in the e-mail field, with a new challenge as often as one ends. */
async function fillIn(dispatch: AppDispatch, leaving: AbortSignal) {
  if (!(await fillsInPasskeys())) return;
  while (!leaving.aborted) {
    const asked = await dispatch(fetchPasskeyChallenge());
    if (!fetchPasskeyChallenge.fulfilled.match(asked)) return;
    const over = AbortSignal.timeout((asked.payload.seconds - MARGIN_SECONDS) * 1000);
    try {
      const signal = AbortSignal.any([leaving, over]);
      await dispatch(loginByPasskey(await askForPasskey(asked.payload, { fillsIn: true, signal })));
    } catch {
      if (!over.aborted) return;
    }
  }
}

/** Passkeys on the log-in page: among what the browser fills in, and at the press of a button. */
export function usePasskeyLogin() {
  const dispatch = useAppDispatch();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    // A browser asks for one passkey at a time.
    if (asking) return;
    const leaving = new AbortController();
    void fillIn(dispatch, leaving.signal);
    return () => leaving.abort();
  }, [asking, dispatch]);

  /** Hands over what the passkey signed; what went wrong before is in `problem`. */
  const ask = async (send: (signed: UsedPasskey) => Promise<unknown>) => {
    setAsking(true);
    setProblem(null);
    dispatch(authErrorSeen());
    const asked = await dispatch(fetchPasskeyChallenge());
    try {
      if (fetchPasskeyChallenge.fulfilled.match(asked)) await send(await askForPasskey(asked.payload));
      else setProblem(asked.payload ?? null);
    } catch (error) {
      setProblem(passkeyProblem(error));
    }
    setAsking(false);
  };

  return { known: knowsPasskeys(), asking, problem, ask, logIn: () => ask((signed) => dispatch(loginByPasskey(signed))) };
}
