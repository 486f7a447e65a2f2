import { useId, useState, type FormEvent } from 'react';
import type { Channel, NotificationChoice, NotificationSettings } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { saveNotificationSettings } from '../../store/slices/notificationSettingsSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { ChannelTable } from './ChannelTable';

const choiceOf = ({ email, locale, matrix }: NotificationSettings): NotificationChoice => ({ email, locale, matrix });

const switched = ({ matrix, ...rest }: NotificationChoice, kind: string, channel: Channel): NotificationChoice => {
  const row = matrix[kind] ?? { feed: true, email: true };
  return { ...rest, matrix: { ...matrix, [kind]: { ...row, [channel]: !row[channel] } } };
};

export function NotificationSettingsForm({ settings }: { settings: NotificationSettings }) {
  const dispatch = useAppDispatch();
  const localeId = useId();
  const [draft, setDraft] = useState(() => choiceOf(settings));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const change = (patch: Partial<NotificationChoice>) => setDraft((known) => ({ ...known, ...patch }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const answer = await dispatch(saveNotificationSettings(draft));
    setSaving(false);
    if (!saveNotificationSettings.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    setProblem(null);
    dispatch(messageShown({ tone: 'success', text: 'Your notifications are saved.' }));
  };

  return (
    <form onSubmit={submit} aria-label="Notifications" className="card space-y-6 p-5 sm:p-6">
      {problem && <ErrorNote problem={problem} />}
      <label className="flex min-h-11 cursor-pointer items-center gap-3 font-semibold">
        <input type="checkbox" checked={draft.email} onChange={({ target }) => change({ email: target.checked })} className="size-5 accent-pine-700" />
        Send me e-mails
      </label>
      <ChannelTable kinds={settings.kinds} choice={draft} onToggle={(kind, channel) => setDraft((known) => switched(known, kind, channel))} />
      <div>
        <label htmlFor={localeId} className="mb-1 block text-sm font-semibold">
          Dates and money in e-mails
        </label>
        <select id={localeId} className="input" value={draft.locale} onChange={({ target }) => change({ locale: target.value })}>
          {settings.locales.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <p className="mt-1 text-sm text-muted">How dates and amounts are written. The text of e-mails is always English.</p>
      </div>
      <div className="flex justify-end">
        <Button type="submit" busy={saving}>
          Save notifications
        </Button>
      </div>
    </form>
  );
}
