import { useEffect } from 'react';
import { useLocation } from 'react-router';
import type { TextKind } from '../api/wire';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchText, selectTexts } from '../store/slices/textSlice';

/** Help, terms, privacy or imprint: the address says which. */
export function TextPage() {
  const dispatch = useAppDispatch();
  const kind = useLocation().pathname.slice(1) as TextKind;
  const { texts, error } = useAppSelector(selectTexts);
  const text = texts[kind];
  useEffect(() => {
    const asked = dispatch(fetchText(kind));
    return () => asked.abort();
  }, [dispatch, kind]);

  if (!text && !error) return <LoadingSpinner label="Loading the page" />;
  return (
    <div className="mx-auto max-w-3xl px-4 py-10 sm:px-6">
      {text && (
        <>
          <title>{`${text.title} · Staywell`}</title>
          <h1 className="text-3xl font-bold">{text.title}</h1>
          {/* The server made it of Markdown and sanitised it. */}
          <article className="prose mt-6" dangerouslySetInnerHTML={{ __html: text.html }} />
          <p className="mt-10 border-t border-line pt-4 text-sm text-muted">
            Version {text.version} of <time dateTime={text.published_at}>{text.published_at.slice(0, 10)}</time>
          </p>
        </>
      )}
      {error && <ErrorNote problem={error} onRetry={() => dispatch(fetchText(kind))} />}
    </div>
  );
}
