import '@fontsource/source-sans-3/latin-400.css';
import '@fontsource/source-sans-3/latin-600.css';
import '@fontsource/source-sans-3/latin-ext-400.css';
import '@fontsource/source-sans-3/latin-ext-600.css';
import '@fontsource/b612-mono/latin-400.css';
import './parts/tokens.css';
import './parts/base.css';
import './kiosk/kiosk-root.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { KioskBridge } from '../preload/kiosk-contract.ts';
import { keepShut } from './kiosk/keep-shut.ts';
import { KioskPage } from './kiosk/kiosk-page.tsx';

// The page before which a customer stands alone: another document, another origin and another bridge than the desk's.
const page = document.getElementById('page');
const { styrkKiosk } = globalThis as { readonly styrkKiosk?: KioskBridge };
if (page === null || styrkKiosk === undefined) throw new Error('the page has no place, or no bridge');
keepShut(document);
createRoot(page).render(
  <StrictMode>
    <KioskPage bridge={styrkKiosk} />
  </StrictMode>,
);
