import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { mrzCheck } from '../../../main/inspection/checks/document-checks.ts';
import { listSpecimens } from '../../../main/simulator/specimens.ts';
import { today } from './bench-of-specimens.ts';

// Two lines of 44: the passport of a made-up person.
const [first = '', second = ''] = listSpecimens(today).find(({ id }) => id === 'se-passport')?.mrz ?? [];
const chip = parseMrz(`${first}\n${second}`, today);

function page(lines: readonly string[]) {
  const mrz = parseMrz(lines.join('\n'), today);
  return { kind: 'mrz', information: mrz.information, lines: mrz.lines } as const;
}

// TR-03135-1 §5.7.2; HANDBOOK rule 9.
describe('the printed lines against DG1', () => {
  it('fit where every field is the same', () => {
    expect(mrzCheck(chip, page([first, second]), today)).toMatchObject({
      result: 'successful',
      detail: { page: 'lines' },
    });
  });

  it.each([
    ['name', [`${first.slice(0, 5)}ANOTHER<<NAME`.padEnd(44, '<'), second]],
    ['nationality', [first, `${second.slice(0, 10)}NOR${second.slice(13)}`]],
    ['sex', [first, `${second.slice(0, 20)}X${second.slice(21)}`]],
    ['issuer', [`${first.slice(0, 2)}NOR${first.slice(5)}`, second]],
  ] as const)('differ where the %s does, though the key opened the chip', (field, lines) => {
    expect(mrzCheck(chip, page(lines), today)).toMatchObject({
      result: 'failed',
      code: 'mrz.differs',
      detail: { different: [field] },
    });
  });

  it('leave it open where optional data alone differ', () => {
    const lines = [first, `${second.slice(0, 28)}${'<'.repeat(14)}${second.slice(42)}`];
    expect(mrzCheck(chip, page(lines), today)).toMatchObject({ result: 'undetermined', code: 'mrz.differs' });
  });

  it('are compared by the key fields where those alone were typed', () => {
    expect(mrzCheck(chip, { kind: 'mrz', information: chip.information }, today)).toMatchObject({
      result: 'successful',
      detail: { page: 'key fields' },
    });
    expect(mrzCheck(chip, { kind: 'mrz', information: `Q${chip.information.slice(1)}` }, today)).toMatchObject({
      result: 'failed',
      code: 'mrz.differs',
    });
  });

  it('were not seen where the card access number opened the chip', () => {
    expect(mrzCheck(chip, { kind: 'can', can: '123456' }, today)).toMatchObject({
      result: 'not supported',
      code: 'mrz.page-not-compared',
    });
  });
});
