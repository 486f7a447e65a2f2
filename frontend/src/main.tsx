import './index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { App } from './App';
import { keepCart } from './store/cart';
import { keepSession, restoreSession } from './store/session';
import { makeStore } from './store/store';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const store = makeStore();
keepSession(store);
keepCart(store);

/** Who is logged in is known before the first page, which would else ask for a login. */
await restoreSession(store);
createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <App />
    </Provider>
  </StrictMode>,
);
