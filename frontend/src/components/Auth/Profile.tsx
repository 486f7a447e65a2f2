import { useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { ListingImage } from '../Common/ListingImage';

export function Profile() {
  const user = useAppSelector(selectUser);
  if (!user) return null;
  const { profile } = user;
  const rows: [string, string | undefined | null][] = [
    ['Account', user.user_type === 'owner' ? 'Owner' : 'Traveler'],
    ['Username', user.username],
    ['E-mail', user.email],
    ['Phone', user.phone],
    ['Home', [profile.city, profile.country].filter(Boolean).join(', ')],
    ['Languages', profile.languages?.join(', ')],
    ['About', profile.about_me],
  ];
  const name = `${user.first_name} ${user.last_name}`.trim() || user.username;
  return (
    <div className="mx-auto max-w-2xl px-4 py-10">
      <title>Profile · Staywell</title>
      <div className="card overflow-hidden">
        <div className="flex items-center gap-4 bg-pine-50 p-6">
          <div className="size-20 overflow-hidden rounded-full border-4 border-surface">
            <ListingImage src={profile.profile_picture} seed={user.id} eager />
          </div>
          <div className="min-w-0">
            <h1 className="text-2xl font-bold wrap-anywhere">{name}</h1>
            <p className="text-muted">Your account with Staywell</p>
          </div>
        </div>
        <dl className="divide-y divide-line px-6">
          {rows
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label} className="grid gap-1 py-4 sm:grid-cols-[10rem_1fr]">
                <dt className="font-semibold">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ))}
        </dl>
      </div>
    </div>
  );
}
