import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { Profile } from './components/Auth/Profile';
import { NotFound, PageCrash } from './components/Common/ErrorScreen';
import { Layout } from './components/Common/Layout';
import { LoadingSpinner } from './components/Common/LoadingSpinner';
import { RequireAccount } from './components/Common/RequireAccount';

export const routes: RouteObject[] = [
  {
    element: <Layout />,
    hydrateFallbackElement: <LoadingSpinner />,
    children: [
      {
        errorElement: <PageCrash />,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./pages/HomePage')).HomePage }) },
          { path: 'listings/:listingId', lazy: async () => ({ Component: (await import('./pages/PropertyPage')).PropertyPage }) },
          { path: 'book/:holdId', lazy: async () => ({ Component: (await import('./pages/CheckoutPage')).CheckoutPage }) },
          { path: 'login', lazy: async () => ({ Component: (await import('./components/Auth/Login')).Login }) },
          { path: 'register', lazy: async () => ({ Component: (await import('./components/Auth/Register')).Register }) },
          { path: 'account/data', lazy: async () => ({ Component: (await import('./pages/AccountDataPage')).AccountDataPage }) },
          { path: 'suspended', lazy: async () => ({ Component: (await import('./pages/SuspendedPage')).SuspendedPage }) },
          { path: 'verify', lazy: async () => ({ Component: (await import('./pages/VerifyPage')).VerifyPage }) },
          { path: 'forgot', lazy: async () => ({ Component: (await import('./pages/ForgotPasswordPage')).ForgotPasswordPage }) },
          { path: 'reset', lazy: async () => ({ Component: (await import('./pages/ResetPasswordPage')).ResetPasswordPage }) },
          { path: 'restore', lazy: async () => ({ Component: (await import('./pages/RestoreAddressPage')).RestoreAddressPage }) },
          { path: 'account', lazy: async () => ({ Component: (await import('./pages/AccountPage')).AccountPage }) },
          { path: 'bookings', lazy: async () => ({ Component: (await import('./pages/BookingsPage')).BookingsPage }) },
          { path: 'bookings/:bookingId', lazy: async () => ({ Component: (await import('./pages/BookingPage')).BookingPage }) },
          { path: 'messages', lazy: async () => ({ Component: (await import('./pages/MessagesPage')).MessagesPage }) },
          { path: 'messages/ask/:listingId', lazy: async () => ({ Component: (await import('./pages/AskHostPage')).AskHostPage }) },
          { path: 'messages/:threadId', lazy: async () => ({ Component: (await import('./pages/MessagesPage')).MessagesPage }) },
          { path: 'favorites', lazy: async () => ({ Component: (await import('./pages/FavoritesPage')).FavoritesPage }) },
          { path: 'preferences', lazy: async () => ({ Component: (await import('./pages/PreferencesPage')).PreferencesPage }) },
          { path: 'preferences/notifications', lazy: async () => ({ Component: (await import('./pages/NotificationSettingsPage')).NotificationSettingsPage }) },
          { path: 'account/security', lazy: async () => ({ Component: (await import('./pages/SecurityPage')).SecurityPage }) },
          { path: 'account/sessions', lazy: async () => ({ Component: (await import('./pages/SessionsPage')).SessionsPage }) },
          { path: 'plan', lazy: async () => ({ Component: (await import('./pages/PlannerPage')).PlannerPage }) },
          { path: 'plan/:planId', lazy: async () => ({ Component: (await import('./pages/PlanPage')).PlanPage }) },
          { path: 'desk', lazy: async () => ({ Component: (await import('./pages/DashboardPage')).DashboardPage }) },
          { path: 'host/listings', lazy: async () => ({ Component: (await import('./pages/HostListingsPage')).HostListingsPage }) },
          { path: 'host/listings/new', lazy: async () => ({ Component: (await import('./pages/HostNewListingPage')).HostNewListingPage }) },
          { path: 'host/listings/:listingId/:tab?', lazy: async () => ({ Component: (await import('./pages/HostListingPage')).HostListingPage }) },
          { path: 'host/analytics', lazy: async () => ({ Component: (await import('./pages/HostAnalyticsPage')).HostAnalyticsPage }) },
          {
            path: 'profile',
            element: (
              <RequireAccount>
                <Profile />
              </RequireAccount>
            ),
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];

const router = createBrowserRouter(routes);

export const App = () => <RouterProvider router={router} />;
