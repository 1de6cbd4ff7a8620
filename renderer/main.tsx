import '@fontsource/source-sans-3/latin-400.css';
import '@fontsource/source-sans-3/latin-600.css';
import '@fontsource/source-sans-3/latin-ext-400.css';
import '@fontsource/source-sans-3/latin-ext-600.css';
import '@fontsource/b612-mono/latin-400.css';
import './parts/tokens.css';
import './parts/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './desk/app.tsx';
import { bridge } from './parts/bridge.ts';

const page = document.getElementById('page');
if (page === null) throw new Error('the page has no place to draw on');
createRoot(page).render(
  <StrictMode>
    <App bridge={bridge()} />
  </StrictMode>,
);
