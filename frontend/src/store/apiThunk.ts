import { createAsyncThunk } from '@reduxjs/toolkit';
import type { ApiClient } from '../api/client';
import { toProblem, type ApiProblem } from '../api/problem';
import type { RootState } from './store';

export interface ThunkExtra {
  api: ApiClient;
}

interface ThunkConfig {
  state: RootState;
  extra: ThunkExtra;
  rejectValue: ApiProblem;
  rejectedMeta: { announce: boolean };
}

interface Tools {
  api: ApiClient;
  state: RootState;
  getState: () => RootState;
  signal: AbortSignal;
}

/** A call to the API as a thunk. With `announce` a failure is told in a toast, else the caller shows it. */
export const apiThunk = <Result, Arg = void>(
  type: string,
  call: (arg: Arg, tools: Tools) => Promise<Result>,
  { announce = false } = {},
) =>
  createAsyncThunk<Result, Arg, ThunkConfig>(type, async (arg, thunk) => {
    try {
      return await call(arg, { api: thunk.extra.api, state: thunk.getState(), getState: thunk.getState, signal: thunk.signal });
    } catch (error) {
      return thunk.rejectWithValue(toProblem(error), { announce });
    }
  });
