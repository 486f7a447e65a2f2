import { getAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

/** As old as this, a reply that nobody asked for is asked for anew. */
const FRESH_MS = 10_000;
const BLOCK = 'first-data';

type Reply = Promise<unknown>;

interface Early {
  reply: Reply;
  since: number;
}

const waiting = new Map<string, Early>();

const isFresh = ({ since }: Early) => performance.now() - since < FRESH_MS;

/** Address and query in one order, as the server writes them (`airbnb/pages/first_data.py`). */
export function keyOf(address: string): string {
  const url = new URL(address, window.location.origin);
  url.searchParams.sort();
  return `${url.pathname}${url.search}`;
}

/** Replies that the server put into the page. */
export function readFirstData() {
  const text = document.getElementById(BLOCK)?.textContent;
  if (!text) return;
  const since = performance.now();
  for (const [address, data] of Object.entries(JSON.parse(text) as Record<string, unknown>)) waiting.set(keyOf(address), { reply: Promise.resolve(data), since });
}

/** Asks for what a page will ask for, while its code is still on the way. For replies that are the same whoever asks. */
export function askEarly(address: string) {
  const key = keyOf(address);
  const there = waiting.get(key);
  if (there && isFresh(there)) return;
  const reply = fetch(`${window.location.origin}${key}`, { headers: { Accept: 'application/json' } }).then((response) => {
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json() as Promise<unknown>;
  });
  reply.catch(() => waiting.delete(key));
  waiting.set(key, { reply, since: performance.now() });
}

function take(key: string): Reply | null {
  const found = waiting.get(key);
  waiting.delete(key);
  return found && isFresh(found) ? found.reply : null;
}

/** Lets a call use a reply that is there or on its way. Each is used once. */
export function answerEarly(config: InternalAxiosRequestConfig, address: string) {
  if (config.method !== 'get' || waiting.size === 0) return;
  const reply = take(keyOf(address));
  if (!reply) return;
  const usual = config.adapter;
  config.adapter = async (request): Promise<AxiosResponse> => {
    const data = await reply.catch(() => undefined);
    if (data === undefined) return getAdapter(usual)(request);
    return { data, status: 200, statusText: 'OK', headers: {}, config: request };
  };
}

// Before the router, which asks as soon as it is made.
readFirstData();
