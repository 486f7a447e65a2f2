import type { SerializedError } from '@reduxjs/toolkit';
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query/react';
import type { ThunkExtra } from '../store/apiThunk';
import type { ApiClient } from './client';
import { problem, toProblem, type ApiProblem } from './problem';

/** What features read of the server; each adds its own endpoints. */
export const serverApi = createApi({ reducerPath: 'server', baseQuery: fakeBaseQuery<ApiProblem>(), endpoints: () => ({}) });

/** A query of `serverApi` as a call of the one client. */
export const reading =
  <Arg, Result>(call: (arg: Arg, tools: { api: ApiClient; signal: AbortSignal }) => Promise<Result>) =>
  async (arg: Arg, { extra, signal }: { extra: unknown; signal: AbortSignal }) => {
    try {
      return { data: await call(arg, { api: (extra as ThunkExtra).api, signal }) };
    } catch (error) {
      return { error: toProblem(error) };
    }
  };

/** What a query ended with: the API's problem, or one of our own making. */
export const readingProblem = (error: ApiProblem | SerializedError): ApiProblem =>
  'requestId' in error ? error : problem('UNEXPECTED', error.message ?? 'Something went wrong on our side. Try again in a moment.');
