import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { askEarly } from './api/early';
import { NotFound, PageCrash } from './components/Common/ErrorScreen';
import { Layout } from './components/Common/Layout';
import { LoadingSpinner } from './components/Common/LoadingSpinner';

/** While the code of the page is on its way. */
function askForListing(id: string | undefined) {
  if (id) askEarly(`/api/properties/${id}`);
  return null;
}

export const routes: RouteObject[] = [
  {
    element: <Layout />,
    hydrateFallbackElement: <LoadingSpinner />,
    children: [
      {
        errorElement: <PageCrash />,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./pages/HomePage')).HomePage }) },
          {
            path: 'listings/:listingId',
            lazy: async () => ({ Component: (await import('./pages/PropertyPage')).PropertyPage }),
            loader: ({ params }) => askForListing(params.listingId),
            shouldRevalidate: ({ currentParams, nextParams }) => currentParams.listingId !== nextParams.listingId,
          },
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
          { path: 'profile', lazy: async () => ({ Component: (await import('./pages/ProfilePage')).ProfilePage }) },
          { path: 'help', lazy: async () => ({ Component: (await import('./pages/TextPage')).TextPage }) },
          { path: 'terms', lazy: async () => ({ Component: (await import('./pages/TextPage')).TextPage }) },
          { path: 'privacy', lazy: async () => ({ Component: (await import('./pages/TextPage')).TextPage }) },
          { path: 'imprint', lazy: async () => ({ Component: (await import('./pages/TextPage')).TextPage }) },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];

const router = createBrowserRouter(routes);

export const App = () => <RouterProvider router={router} />;
