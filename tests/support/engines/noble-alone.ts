import { vi } from 'vitest';

// Every answer is noble's (decision 0001).
vi.mock('../../../main/crypto/runtime.ts', async () => (await import('./no-runtime.ts')).noRuntime);
