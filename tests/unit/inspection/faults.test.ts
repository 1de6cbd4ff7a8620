import { describe, expect, it } from 'vitest';
import { type PaceInfo, parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import type { CheckId } from '../../../main/result/check.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { inspectSpecimen, trainingTrust } from './bench-of-specimens.ts';

const verdictOf = (inspection: Inspection) =>
  judge(policy('document'), inspection.checks, { training: true, specimen: inspection.specimen }).verdict;
const checkOf = (inspection: Inspection, id: CheckId) => inspection.checks.find((check) => check.id === id);

const whole = await inspectSpecimen({ id: 'se-passport' });
const exchanges = Array.from({ length: whole.inspection.reading.exchanges }, (_, index) => index + 1);
const trust = await trainingTrust();

describe('a card torn away', () => {
  it.each(exchanges)('at exchange %i: named, never accepted', async (leaveAtCommand) => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', faults: { leaveAtCommand }, trust });
    expect(verdictOf(inspection)).not.toBe('accept');
    const aborted = inspection.checks.filter(({ result, code }) => result === 'aborted' && code === 'card.removed');
    expect(aborted.length).toBeGreaterThan(0);
    expect(inspection.checks.filter(({ result }) => result === 'failed')).toEqual([]);
  });
});

describe('a session that someone meddles with', () => {
  // The first protected command is the SELECT of the application, after EF.CardAccess, MSE:Set AT and four steps of PACE.
  const protectedExchanges = exchanges.filter((exchange) => exchange > 8);

  it.each(protectedExchanges)('exchange %i answered without protection ends it', async (plainAnswerAtCommand) => {
    const { inspection, commands } = await inspectSpecimen({
      id: 'se-passport',
      faults: { plainAnswerAtCommand },
      trust,
    });
    expect(checkOf(inspection, 'secure-messaging')).toMatchObject({
      result: 'failed',
      code: 'secure-messaging.unprotected-answer',
    });
    expect(verdictOf(inspection)).not.toBe('accept');
    expect(commands).toHaveLength(plainAnswerAtCommand);
  });

  it.each(protectedExchanges)('exchange %i answered with a flipped bit ends it', async (corruptAnswerAtCommand) => {
    const { inspection, commands } = await inspectSpecimen({
      id: 'se-passport',
      faults: { corruptAnswerAtCommand },
      trust,
    });
    expect(checkOf(inspection, 'secure-messaging')?.result).toBe('failed');
    expect(verdictOf(inspection)).not.toBe('accept');
    expect(commands).toHaveLength(corruptAnswerAtCommand);
  });
});

describe('PACE that is advertised and not used', () => {
  it('is visible as access.downgrade and never accepted, though BAC opened the chip', async () => {
    // NFCPassportReader#277, selfxyz/self#73: MSE:Set AT refused, then BAC.
    const { inspection } = await inspectSpecimen({
      id: 'se-passport',
      trust,
      answer: (command) => (command[1] === 0x22 ? fromHex('6fff') : null),
    });
    expect(inspection.access?.protocol).toBe('BAC');
    expect(checkOf(inspection, 'access.downgrade')).toMatchObject({ result: 'failed', code: 'access.pace-not-used' });
    expect(checkOf(inspection, 'access.pace')?.result).toBe('failed');
    expect(verdictOf(inspection)).not.toBe('accept');
  });

  // selfxyz/self#73, NFCPassportReader#45, flipper#1866: after a PACE that broke off, some chips answer 6883 ("last command of the
  // chain expected"), 6982 or 6988 to whatever comes, until their power is cut (9303-11 §9.3.1.2).
  describe.each(['6883', '6988', '6982'])('by a chip that is stuck in it (%s) until it is reset', (stuckWith) => {
    const stuck = (onReset: 'resets' | 'cannot' | 'removed') => {
      let broken = false;
      const resets: number[] = [];
      const read = inspectSpecimen({
        id: 'se-passport',
        trust,
        answer: (command) => {
          const fails = command[1] === 0x86 && command[0] === 0x10 && !broken && resets.length === 0;
          broken ||= fails;
          return fails ? fromHex('6f00') : broken && command[1] !== 0x86 ? fromHex(stuckWith) : null;
        },
        ...(onReset === 'cannot'
          ? {}
          : {
              onReset: (commands: number) => {
                if (onReset === 'removed') throw new Failure('card.removed');
                resets.push(commands);
                broken = false;
              },
            }),
      });
      return read.then(({ inspection, commands }) => ({ inspection, commands, resets }));
    };

    it('BAC is tried once, on a card that was reset, and told as a downgrade', async () => {
      const { inspection, resets, commands } = await stuck('resets');
      expect(resets).toHaveLength(1);
      expect(inspection.access?.protocol).toBe('BAC');
      expect(checkOf(inspection, 'access.pace')?.result).toBe('failed');
      expect(checkOf(inspection, 'access.downgrade')).toMatchObject({ result: 'failed', code: 'access.pace-not-used' });
      expect(verdictOf(inspection)).not.toBe('accept');
      // Nothing of PACE after it, and no second mutual authentication.
      const after = commands.slice(resets[0]);
      expect(after.some((command) => command[1] === 0x86 && command[0] === 0x10)).toBe(false);
      expect(after.filter((command) => command[1] === 0x82)).toHaveLength(1);
    });

    it('it stays unread where the reader cannot reset it, and where it was lifted', async () => {
      expect((await stuck('cannot')).inspection.access).toBeNull();
      const { inspection } = await stuck('removed');
      expect(inspection.checks.map(({ code }) => code)).toContain('card.removed');
      expect(inspection.access).toBeNull();
    });
  });

  it('no card is reset that opened by PACE, nor one that refused its password', async () => {
    const resets: number[] = [];
    const onReset = (commands: number) => void resets.push(commands);
    await inspectSpecimen({ id: 'se-passport', trust, onReset });
    await inspectSpecimen({ id: 'se-passport', trust, onReset, key: { can: '000001' } });
    expect(resets).toEqual([]);
  });

  it('an EF.CardAccess that is hidden from us is found out by DG14', async () => {
    // Until the application is selected the chip says that there is no such file, so BAC is used; DG14 still lists PACE.
    let selected = false;
    const { inspection } = await inspectSpecimen({
      id: 'se-passport',
      trust,
      answer: (command) => {
        selected ||= command[1] === 0xa4 && command[2] === 0x04;
        return selected ? null : fromHex('6a82');
      },
    });
    expect(inspection.access?.protocol).toBe('BAC');
    expect(checkOf(inspection, 'access.downgrade')).toMatchObject({ result: 'failed', code: 'access.pace-not-used' });
    expect(verdictOf(inspection)).not.toBe('accept');
  });
});

describe('PACE of which EF.CardAccess keeps the strongest back (9303-11 §4.2 step 3, §9.2.11)', () => {
  // mapping-passport offers chip authentication mapping before generic mapping; DG14 lists both.
  const keeping = (kept: PaceInfo['mapping'][]): ChipFaults => ({
    issue: [
      {
        file: (name, contents) => {
          if (name !== 'EF.CardAccess') return contents;
          const infos = parseSecurityInfos(contents).filter(
            (info) => info.kind !== 'PACEInfo' || kept.includes(info.mapping),
          );
          return encodeTlv(0x31, ...infos.map(({ raw }) => raw));
        },
      },
    ],
  });

  it('is a downgrade, though what is listed is in DG14 and was used', async () => {
    const { inspection } = await inspectSpecimen({ id: 'mapping-passport', trust, faults: keeping(['GM']) });
    expect(inspection.access).toMatchObject({ protocol: 'PACE', mapping: 'GM' });
    expect(checkOf(inspection, 'card-access.consistency')?.result).toBe('successful');
    expect(checkOf(inspection, 'access.downgrade')).toMatchObject({
      result: 'failed',
      code: 'access.stronger-pace-hidden',
      detail: { hidden: { mapping: 'CAM' } },
    });
    expect(verdictOf(inspection)).toBe('refer');
  });

  it('a weaker one that is not listed is none', async () => {
    const { inspection } = await inspectSpecimen({ id: 'mapping-passport', trust, faults: keeping(['CAM']) });
    expect(inspection.access).toMatchObject({ mapping: 'CAM' });
    expect(checkOf(inspection, 'access.downgrade')?.result).toBe('successful');
    expect(verdictOf(inspection)).toBe('accept');
  });
});

describe('a trust store that cannot tell', () => {
  it('says that it is empty', async () => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', trust: new TrustStore() });
    expect(checkOf(inspection, 'passive-authentication.path')).toMatchObject({
      result: 'undetermined',
      code: 'trust.empty',
    });
    expect(inspection.specimen).toBe(false);
    expect(verdictOf(inspection)).toBe('refer');
  });
});
