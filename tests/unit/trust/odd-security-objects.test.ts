import { expect, it } from 'vitest';
import { describeWithCase } from '../../support/shared-case.ts';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

async function judged(folder: string) {
  const day = ['--training', '--at', '2026-11-23'];
  return (await runHere(['check', folder, ...day, '--data', temporaryFolder(), '--json'])).json();
}

// 9303-10 §4.6.2.3; gmrtd commit 0184941.
describeWithCase('sod-content-type-id-data', (folder) => {
  it('is right but for its name, and no forgery', async () => {
    const answer = await judged(folder);
    expect(checkIn(answer, 'passive-authentication.signature')).toMatchObject({
      result: 'undetermined',
      code: 'security-object.content-type-deviates',
      detail: { contentType: '1.2.840.113549.1.7.1', algorithm: 'ECDSA SHA-256' },
    });
    expect(checkIn(answer, 'passive-authentication.hashes').result).toBe('successful');
    expect(answer.verdict).toBe('refer');
    expect(answer.reasons).toContain('security-object.content-type-deviates');
  });
});

// X.690 §8.3.2; openssl#17580, botan#2617.
describeWithCase('sod-ecdsa-extra-zero', (folder) => {
  it('is told as wrongly written, and no forgery', async () => {
    const answer = await judged(folder);
    expect(checkIn(answer, 'passive-authentication.signature')).toMatchObject({
      result: 'undetermined',
      code: 'security-object.signature-misencoded',
    });
    expect(checkIn(answer, 'passive-authentication.hashes').result).toBe('successful');
    expect(answer.verdict).toBe('refer');
    expect(answer.reasons).toContain('security-object.signature-misencoded');
  });
});
