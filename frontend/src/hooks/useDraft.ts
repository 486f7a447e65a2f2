import { useCallback, useEffect, useState } from 'react';
import { uuid } from '../lib/uuid';
import { useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';

/** `id` names the message: two tabs with the same draft send one. */
interface Draft {
  text: string;
  id: string;
}

function stored(key: string): Draft | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (value && typeof value === 'object' && 'text' in value && 'id' in value) return { text: String(value.text), id: String(value.id) };
  } catch {
    // Unreadable, or no storage at all: then there is no draft.
  }
  return null;
}

function store(key: string, draft: Draft) {
  try {
    if (draft.text) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Without storage the draft lasts as long as the page.
  }
}

/** What is being written, kept in this browser over a reload and shared by its tabs. */
export function useDraft(name: string) {
  const userId = useAppSelector(selectUser)?.id ?? '';
  const key = `draft:${userId}:${name}`;
  const [draft, setDraft] = useState<Draft>(() => stored(key) ?? { text: '', id: uuid() });

  useEffect(() => {
    const take = (event: StorageEvent) => event.key === key && setDraft(stored(key) ?? { text: '', id: uuid() });
    window.addEventListener('storage', take);
    return () => window.removeEventListener('storage', take);
  }, [key]);

  const write = useCallback(
    (text: string) => {
      const next = { text, id: uuid() };
      setDraft(next);
      store(key, next);
    },
    [key],
  );
  return { ...draft, write };
}
