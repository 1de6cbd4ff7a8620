import { expect, it } from 'vitest';
import { stepLines } from '../../../main/commands/step-lines.ts';

it('tells that a chip is read once more, and its bytes again', () => {
  const told: string[] = [];
  const tell = stepLines({ error: (text) => void told.push(text), isTerminal: true });
  const whole = { type: 'file', file: 'EF.DG1', bytesRead: 93, bytesTotal: 93 } as const;
  tell(whole);
  const once = told.length;
  tell(whole);
  expect(told).toHaveLength(once);
  tell({ type: 'repeat', code: 'secure-messaging.unprotected-answer' });
  expect(told.at(-1)).toBe('The chip broke off over a long answer. It is read once more, in shorter pieces.\n');
  tell(whole);
  expect(told.length).toBeGreaterThan(once + 1);
});
