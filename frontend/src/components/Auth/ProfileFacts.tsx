import type { User } from '../../api/wire';
import { formatDayOrInstant } from '../../lib/dates';
import { humanise } from '../../lib/text';

const MISSING = 'Not filled in yet';

export function ProfileFacts({ user }: { user: User }) {
  const { profile } = user;
  const rows: [string, string | undefined | null][] = [
    ['Username', user.username],
    ['E-mail', user.email],
    ['First name', user.first_name],
    ['Last name', user.last_name],
    ['Phone', user.phone],
    ['City', profile.city],
    ['Country', profile.country],
    ['Languages', profile.languages?.join(', ')],
    ['Gender', profile.gender && humanise(profile.gender)],
    ['About me', profile.about_me],
    ['Member since', user.created_at && formatDayOrInstant(user.created_at)],
  ];
  return (
    <dl className="divide-y divide-line px-6">
      {rows.map(([label, value]) => (
        <div key={label} className="grid gap-1 py-3.5 sm:grid-cols-[10rem_1fr]">
          <dt className="font-semibold">{label}</dt>
          <dd className={`whitespace-pre-line wrap-anywhere ${value ? '' : 'text-muted'}`}>{value || MISSING}</dd>
        </div>
      ))}
    </dl>
  );
}
