import { describe, expect, it } from 'vitest';
import { inspect } from '../../../main/inspection/procedure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { ciphers } from '../../../main/simulator/chip/key-derivation.ts';
import { paceProtocol } from '../../../main/simulator/chip/pace-protocols.ts';
import { specimenTable } from '../../../main/simulator/documents/specimen-table.ts';
import { issueTravelDocument } from '../../../main/simulator/issuing/issue.ts';
import { TrainingReader, trainingReaderName } from '../../../main/simulator/training-reader.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { counting, someDay } from './support.ts';

const curves = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const groups = [0, 1, 2];

const offers = (['ECDH-GM', 'ECDH-IM', 'ECDH-CAM', 'DH-GM', 'DH-IM'] as const).flatMap((variant) =>
  (variant.startsWith('DH') ? groups : curves).flatMap((parameterId) =>
    ciphers.map((cipher) => ({ variant, parameterId, cipher })),
  ),
);

// 9303-11 §9.2.2: no chip authentication mapping with 3DES; §9.5.1: no integrated mapping on P-224.
const standard = offers.filter(
  ({ variant, parameterId, cipher }) =>
    !(variant === 'ECDH-CAM' && cipher === '3DES') && !(variant === 'ECDH-IM' && parameterId === 10),
);

describe('every variant of PACE over every standardised domain with every cipher', () => {
  it.each(standard)('$variant, $parameterId, $cipher', async ({ variant, parameterId, cipher }) => {
    const specimen = specimenTable['se-passport'];
    if (specimen.kind !== 'travel document') throw new RangeError('no travel document');
    const pace = [{ protocol: paceProtocol(variant, cipher), parameterId }];
    const chip = issueTravelDocument({ ...specimen, basicAccessControl: false, pace }, someDay, specimenResources);
    const reader = new TrainingReader();
    reader.lay(createChip({ chip }, { random: counting(64) }));
    const inspection = await inspect({
      transport: await reader.connect(trainingReaderName),
      accessKey: { kind: 'mrz', information: chip.passwords.mrzInformation ?? '' },
      at: someDay,
      trust: new TrustStore(),
      random: counting(),
      clock: () => 0,
      extendedLength: 'where-stated',
      onProgress: () => undefined,
    });
    expect(inspection.checks.find(({ id }) => id === 'access.pace')?.result).toBe('successful');
    expect(inspection.checks.find(({ id }) => id === 'secure-messaging')?.result).toBe('successful');
  });
});
