import { useState } from 'react';
import { Button } from '../Common/Button';

const LONG = 480;

export function Description({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const folded = text.length > LONG && !all;
  return (
    <div>
      <p className={`max-w-prose leading-relaxed whitespace-pre-line wrap-anywhere ${folded ? 'line-clamp-6' : ''}`}>{text}</p>
      {folded && (
        <Button tone="quiet" className="-ml-5" onClick={() => setAll(true)}>
          Read on
        </Button>
      )}
    </div>
  );
}
