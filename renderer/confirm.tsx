import '@fontsource/source-sans-3/latin-400.css';
import '@fontsource/source-sans-3/latin-600.css';
import '@fontsource/source-sans-3/latin-ext-400.css';
import '@fontsource/source-sans-3/latin-ext-600.css';
import './parts/tokens.css';
import './parts/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ConfirmBridge } from '../preload/confirm-contract.ts';
import { ConfirmPage } from './confirm/confirm-page.tsx';

// The page of the confirmation window: another document, another origin and another bridge than the desk's.
const page = document.getElementById('page');
const { styrkConfirm } = globalThis as { readonly styrkConfirm?: ConfirmBridge };
if (page === null || styrkConfirm === undefined) throw new Error('the page has no place, or no bridge');
createRoot(page).render(
  <StrictMode>
    <ConfirmPage bridge={styrkConfirm} />
  </StrictMode>,
);
