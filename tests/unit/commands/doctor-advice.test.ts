import { describe, expect, it } from 'vitest';
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
