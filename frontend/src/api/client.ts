import axios, { isAxiosError, type AxiosInstance, type AxiosRequestConfig, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { sendAgainWhenBusy } from './busy';
import { answerEarly } from './early';
import type { Body, Known, Method, Query, Reply } from './paths';

const TIMEOUT_MS = 15_000;

type Config<P extends string, M extends Method> = Omit<AxiosRequestConfig, 'params' | 'data'> & {
  params?: Query<`/api${P}`, M>;
  /** Of a DELETE that has a body. */
  data?: Body<`/api${P}`, M>;
};
type Answer<P extends string, M extends Method> = Promise<AxiosResponse<Reply<`/api${P}`, M>>>;

type Read<M extends Method> = <const P extends string>(path: P & Known<`/api${P}`, M>, config?: Config<P, M>) => Answer<P, M>;
type Send<M extends Method> = <const P extends string>(path: P & Known<`/api${P}`, M>, body?: Body<`/api${P}`, M>, config?: Config<P, M>) => Answer<P, M>;

/** Axios over docs/openapi.json: the path decides which parameters and body are sent and what the reply is. */
export interface ApiClient {
  get: Read<'get'>;
  delete: Read<'delete'>;
  post: Send<'post'>;
  put: Send<'put'>;
}

type Retried = InternalAxiosRequestConfig & { token?: string | null; retried?: boolean };

const isTokenRefused = (error: unknown) =>
  isAxiosError<{ error?: { code?: string } }>(error) && error.response?.status === 401 && error.response.data.error?.code === 'NOT_AUTHENTICATED';

/** Asks again, once, with a renewed token where the one that was sent is no longer taken. */
function retryRenewed(client: AxiosInstance, renew: (used: string | null) => Promise<string | null>) {
  client.interceptors.response.use(undefined, async (error: unknown) => {
    const config = isAxiosError(error) ? (error.config as Retried | undefined) : undefined;
    if (!config?.token || config.retried || !isTokenRefused(error) || !(await renew(config.token))) throw error;
    config.retried = true;
    return client.request(config);
  });
}

/** The one way to the API: adds the bearer token of the moment, drops empty query parameters. */
export function createClient(readToken: () => string | null, renew: (used: string | null) => Promise<string | null>): ApiClient {
  const client = axios.create({ baseURL: '/api', timeout: TIMEOUT_MS });
  client.interceptors.request.use((config: Retried) => {
    config.token = readToken();
    if (config.token) config.headers.set('Authorization', `Bearer ${config.token}`);
    answerEarly(config, client.getUri(config));
    return config;
  });
  retryRenewed(client, renew);
  sendAgainWhenBusy(client);
  return client as ApiClient;
}
