import { useId, useState, type FormEvent } from 'react';
import { Button } from '../Common/Button';
import { Icon } from '../Common/Icon';

const LONGEST = 300;

interface Props {
  ask: string;
  onAsk: (ask: string) => void;
}

/** One sentence instead of many fields. */
export function SmartSearch({ ask, onAsk }: Props) {
  const [text, setText] = useState(ask);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onAsk(text.trim());
  };
  return (
    <form onSubmit={submit} aria-label="Describe your stay">
      <label htmlFor={id} className="mb-1 flex items-center gap-2 text-sm font-semibold">
        <Icon name="sparkle" className="size-5 text-pine-600" /> Describe the stay you want
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          type="search"
          maxLength={LONGEST}
          className="input"
          placeholder="A quiet flat with wifi for two, under 150 a night"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" tone="secondary" className="shrink-0" disabled={!text.trim()}>
          Find it
        </Button>
      </div>
    </form>
  );
}
