import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { sendAgainWhenBusy } from './busy';
import type { Body, Known, Method, Query, Reply } from './paths';

const TIMEOUT_MS = 15_000;

type Config<P extends string, M extends Method> = Omit<AxiosRequestConfig, 'params' | 'data'> & { params?: Query<`/api${P}`, M> };
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

/** The one way to the API: adds the bearer token of the moment, drops empty query parameters. */
export function createClient(readToken: () => string | null): ApiClient {
  const client = axios.create({ baseURL: '/api', timeout: TIMEOUT_MS });
  client.interceptors.request.use((config) => {
    const token = readToken();
    if (token) config.headers.set('Authorization', `Bearer ${token}`);
    return config;
  });
  sendAgainWhenBusy(client);
  return client as ApiClient;
}
