import { describe, expect, it } from 'vitest';
import { runtimeItem } from '../../../main/commands/doctor.ts';
import { adviceToAdministrators } from '../../../main/commands/doctor-advice.ts';
import { failureWords } from '../../../resources/failures/failures.ts';

describe('what doctor advises', () => {
  it('tells IT itself what to do, where the words for staff send them to IT', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const)
      for (const code of ['reader.service-stopped', 'trust.empty'] as const) {
        expect(failureWords('en', code).staff).toContain('IT');
        expect(adviceToAdministrators(code, platform)).not.toMatch(/\bIT\b/);
      }
    expect(adviceToAdministrators('reader.service-stopped', 'linux')).toContain('pcscd');
  });

  it('is what staff do, elsewhere', () => {
    expect(adviceToAdministrators('reader.none', 'linux')).toBe(failureWords('en', 'reader.none').staff);
  });
});

// The bindings are Node-API and fit every version: another version is a matter of its own, and no wrong binding.
it.each([
  ['24.21.0', 'ok', null],
  ['26.12.0', 'ok', null],
  ['25.1.0', 'warning', 'runtime.version'],
  ['27.0.0', 'warning', 'runtime.version'],
  ['22.9.0', 'missing', 'runtime.version'],
] as const)('Node %s is %s', (version, state, code) => {
  expect(runtimeItem(version, version)).toMatchObject({ id: 'runtime', state, code });
});
