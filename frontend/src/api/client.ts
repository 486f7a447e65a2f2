import axios, { type AxiosInstance } from 'axios';

const TIMEOUT_MS = 15_000;

/** The one way to the API: adds the bearer token of the moment, drops empty query parameters. */
export function createClient(readToken: () => string | null): AxiosInstance {
  const client = axios.create({ baseURL: '/api', timeout: TIMEOUT_MS });
  client.interceptors.request.use((config) => {
    const token = readToken();
    if (token) config.headers.set('Authorization', `Bearer ${token}`);
    return config;
  });
  return client;
}
