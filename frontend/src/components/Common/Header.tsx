import { lazy, Suspense } from 'react';
import { Link, NavLink } from 'react-router';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { logOut, selectUser } from '../../store/slices/authSlice';
import { buttonStyle } from './buttonStyle';
import { CartLink } from './CartLink';
import { Icon } from './Icon';
import { Logo } from './Logo';
import { Popover } from './Popover';
import { navigationFor } from './navigation';
import { hasRole } from '../../lib/roles';

const MessagesLink = lazy(async () => ({ default: (await import('./SignedIn')).MessagesLink }));
const NotificationBell = lazy(async () => ({ default: (await import('./SignedIn')).NotificationBell }));

const navLink = ({ isActive }: { isActive: boolean }) =>
  `inline-flex min-h-11 items-center rounded-full px-4 font-medium hover:bg-mist ${isActive ? 'bg-pine-50 text-pine-700' : 'text-ink'}`;
const menuLink = 'flex min-h-11 w-full items-center rounded-xl px-4 text-left font-medium hover:bg-mist';

function AccountMenu() {
  const user = useAppSelector(selectUser);
  const dispatch = useAppDispatch();
  return (
    <Popover
      label={user ? 'Account menu' : 'Menu'}
      trigger={user ? <Icon name="user" /> : <Icon name="menu" />}
      triggerClass="inline-grid size-11 place-items-center rounded-full border border-line bg-surface hover:bg-mist"
      panelClass="right-0 top-full mt-2 w-64 p-2"
      wrapperClass={user ? '' : 'md:hidden'}
    >
      {(close) => (
        <>
          {user && <p className="truncate px-4 py-2 text-sm text-muted">{user.email}</p>}
          <nav aria-label="Menu" className="md:hidden">
            {navigationFor(user).map(({ to, label }) => (
              <Link key={to} to={to} onClick={close} className={menuLink}>
                {label}
              </Link>
            ))}
          </nav>
          {user ? (
            <>
              <Link to="/profile" onClick={close} className={menuLink}>
                Profile
              </Link>
              <Link to="/account" onClick={close} className={menuLink}>
                Account settings
              </Link>
              {hasRole(user, 'traveler') && (
                <Link to="/preferences" onClick={close} className={menuLink}>
                  Preferences
                </Link>
              )}
              <Link to="/preferences/notifications" onClick={close} className={menuLink}>
                Notifications
              </Link>
              <Link to="/account/sessions" onClick={close} className={menuLink}>
                Where you are logged in
              </Link>
              <Link to="/account/security" onClick={close} className={menuLink}>
                Security
              </Link>
              <button type="button" onClick={() => void dispatch(logOut())} className={menuLink}>
                Log out
              </button>
            </>
          ) : (
            <>
              <Link to="/login" onClick={close} className={menuLink}>
                Log in
              </Link>
              <Link to="/register" onClick={close} className={menuLink}>
                Sign up
              </Link>
            </>
          )}
        </>
      )}
    </Popover>
  );
}

export function Header() {
  const user = useAppSelector(selectUser);
  return (
    <header className="sticky top-0 z-[1100] border-b border-line bg-surface/95 backdrop-blur">
      <div className="mx-auto flex h-16 max-w-[1600px] items-center gap-2 px-4 sm:px-6">
        <Link to="/" aria-label="Staywell, home" className="mr-auto flex min-h-11 items-center gap-2 text-xl font-bold tracking-tight text-pine-900">
          <Logo />
          Staywell
        </Link>
        <nav aria-label="Main" className="hidden md:flex">
          {navigationFor(user).map(({ to, label }) => (
            <NavLink key={to} to={to} end className={navLink}>
              {label}
            </NavLink>
          ))}
        </nav>
        <CartLink />
        {user ? (
          <Suspense fallback={<span className="size-11" />}>
            <MessagesLink />
            <NotificationBell />
          </Suspense>
        ) : (
          <div className="hidden items-center md:flex">
            <NavLink to="/login" className={navLink}>
              Log in
            </NavLink>
            <Link to="/register" className={buttonStyle('primary')}>
              Sign up
            </Link>
          </div>
        )}
        <AccountMenu />
      </div>
    </header>
  );
}
