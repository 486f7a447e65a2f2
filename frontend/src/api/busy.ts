import { isAxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import type { ErrorReply } from './wire';

/** Refused before anything was done, so that the same call may be sent again. */
const CODES = ['IMAGES_BUSY', 'LOGIN_BUSY'];
const TRIES = 3;
const LONGEST_SECONDS = 10;

type Tried = InternalAxiosRequestConfig & { busyTries?: number };

/** Sends a call again that the server had no room for, after the time that it names. */
export function sendAgainWhenBusy(client: AxiosInstance) {
  client.interceptors.response.use(undefined, async (error: unknown) => {
    if (!isAxiosError<ErrorReply>(error) || !error.config || error.response?.status !== 503) throw error;
    const config: Tried = error.config;
    const seconds = Number(error.response.headers['retry-after']);
    const tries = (config.busyTries ?? 0) + 1;
    const code = error.response.data?.error?.code ?? '';
    if (!CODES.includes(code) || !(seconds > 0 && seconds <= LONGEST_SECONDS) || tries > TRIES || config.signal?.aborted) throw error;
    await new Promise((resume) => setTimeout(resume, seconds * 1000));
    return client({ ...config, busyTries: tries } as Tried);
  });
}
