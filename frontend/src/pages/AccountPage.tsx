import { Link } from 'react-router';
import { EmailForm } from '../components/Account/EmailForm';
import { PasswordForm } from '../components/Account/PasswordForm';
import { RoleCard } from '../components/Account/RoleCard';
import { RequireAccount } from '../components/Common/RequireAccount';
import { useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';

const link = 'inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4';

function Settings() {
  const user = useAppSelector(selectUser);
  if (!user) return null;
  return (
    <>
      <EmailForm user={user} />
      <PasswordForm />
      <RoleCard user={user} />
    </>
  );
}

export const AccountPage = () => (
  <RequireAccount>
    <div className="mx-auto max-w-2xl space-y-5 px-4 py-8">
      <title>Account settings · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Account settings</h1>
        <p className="mt-1 flex flex-wrap gap-x-5 text-muted">
          <Link to="/profile" className={link}>
            Name and profile
          </Link>
        </p>
      </div>
      <Settings />
    </div>
  </RequireAccount>
);
