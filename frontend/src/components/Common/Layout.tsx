import { lazy, Suspense, useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { useListingsAhead } from '../../hooks/useListingsAhead';
import { useSuspensionPage } from '../../hooks/useSuspensionPage';
import { useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { selectConnectionLost } from '../../store/slices/messageSlice';
import { Footer } from './Footer';
import { Header } from './Header';
import { LoadingSpinner } from './LoadingSpinner';
import { Messages } from './Messages';

const SignedIn = lazy(async () => ({ default: (await import('./SignedIn')).SignedIn }));

/** A new page takes the focus, so that the next Tab starts there and a screen reader notices. */
function useFocusOnNewPage() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

export function Layout() {
  useSuspensionPage();
  useListingsAhead();
  const main = useFocusOnNewPage();
  const user = useAppSelector(selectUser);
  const offline = useAppSelector(selectConnectionLost);
  const moving = useNavigation().state === 'loading';
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#main" className="sr-only z-[2100] rounded-full bg-pine-900 px-5 py-3 font-semibold text-white focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <Header />
      {moving && <div aria-hidden="true" className="fixed inset-x-0 top-0 z-[2100] h-1 animate-pulse bg-apricot-500" />}
      {offline && (
        <p role="alert" className="bg-apricot-100 px-4 py-2 text-center font-medium text-apricot-800">
          Staywell cannot be reached right now. What you see may be out of date.
        </p>
      )}
      {user && (
        <Suspense fallback={null}>
          <SignedIn />
        </Suspense>
      )}
      <main ref={main} id="main" tabIndex={-1} className="flex-1 outline-none">
        <Suspense fallback={<LoadingSpinner />}>
          <Outlet />
        </Suspense>
      </main>
      <Footer />
      <Messages />
      <ScrollRestoration />
    </div>
  );
}
