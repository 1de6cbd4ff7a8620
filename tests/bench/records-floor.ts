import { newSigningKey, sign } from '../../main/crypto/sealing.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { recordOf } from '../../main/records/record.ts';
import { sealRecord } from '../../main/records/seal-record.ts';
import { madeCase } from './records-made.ts';

/** The entry, the chain's head and the log's checkpoint are signed each. */
const signaturesOfAppend = 3;
/** About as long as what is signed of each. */
const signedBytes = 150;

/** What an append does beside writing, whichever way it writes: its signatures, and the seal of a record of that length. */
export function floorActs(): Readonly<Record<'signatures' | 'seal', (index: number) => void>> {
  const { secretKey } = newSigningKey(machineRandom);
  const sealingKey = machineRandom(32);
  const message = new Uint8Array(signedBytes);
  const stationId = 'station-0123456789abcdef';
  return {
    signatures: (index) => {
      for (let count = 0; count < signaturesOfAppend; count++) {
        message[0] = index % 256;
        sign(secretKey, message);
      }
    },
    seal: (index) => {
      const content = recordOf(madeCase(1 + index), { id: stationId, appVersion: '1.0.0' });
      sealRecord(content, { number: 1 + index, id: content.id, stationId }, sealingKey, machineRandom);
    },
  };
}
