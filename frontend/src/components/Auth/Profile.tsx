import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { hasRole } from '../../lib/roles';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { fetchProfile } from '../../store/slices/profileThunks';
import { Button } from '../Common/Button';
import { ProfileFacts } from './ProfileFacts';
import { ProfileForm } from './ProfileForm';
import { ProfilePicture } from './ProfilePicture';

export function Profile() {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    const asked = dispatch(fetchProfile());
    return () => asked.abort();
  }, [dispatch]);
  if (!user) return null;
  const name = `${user.first_name} ${user.last_name}`.trim() || user.username;
  return (
    <div className="mx-auto max-w-3xl px-4 py-10">
      <title>Profile · Staywell</title>
      <div className="card overflow-hidden">
        <div className="flex flex-wrap items-center gap-5 bg-pine-50 p-6">
          <ProfilePicture user={user} />
          <div className="min-w-0 flex-1 basis-56">
            <h1 className="text-2xl font-bold wrap-anywhere">{name}</h1>
            <p className="text-muted">{hasRole(user, 'owner') ? (hasRole(user, 'traveler') ? 'Guest and host' : 'Host') : 'Guest'}</p>
          </div>
          {!editing && (
            <Button tone="secondary" onClick={() => setEditing(true)}>
              Edit profile
            </Button>
          )}
        </div>
        {editing ? <ProfileForm user={user} onDone={() => setEditing(false)} /> : <ProfileFacts user={user} />}
      </div>
      <p className="mt-4 px-2">
        <Link to="/account/data" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Your data and deleting your account
        </Link>
      </p>
    </div>
  );
}
