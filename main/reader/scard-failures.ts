import { Failure, type FailureFields } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { type ScardError, statusText } from './scard.ts';

/** What was being done when PC/SC refused: the same status means another thing to a person at another moment. */
export type ScardMoment = 'watch' | 'watching' | 'connect' | 'transmit';

/** PC/SC statuses whose meaning does not depend on the moment (numbers: pcsclite.h, winerror.h). */
const always: Readonly<Record<number, FailureCode>> = {
  2148532232: 'card.response-too-long', // SCARD_E_INSUFFICIENT_BUFFER
  2148532234: 'card.mute', // SCARD_E_TIMEOUT
  2148532235: 'reader.shared', // SCARD_E_SHARING_VIOLATION
  2148532242: 'reader.service-stopped', // SCARD_E_SYSTEM_CANCELLED: Windows stops its service with the last reader
  2148532248: 'reader.service-stopped', // SCARD_P_SHUTDOWN
  2148532253: 'reader.service-stopped', // SCARD_E_NO_SERVICE
  2148532254: 'reader.service-stopped', // SCARD_E_SERVICE_STOPPED
  2148532263: 'reader.service-denied', // SCARD_E_NO_ACCESS
  2148532326: 'card.mute', // SCARD_W_UNRESPONSIVE_CARD
  2148532328: 'card.reset', // SCARD_W_RESET_CARD
};

const atMoment: Readonly<Record<ScardMoment, Readonly<Record<number, FailureCode>>>> = {
  watch: {
    2148532330: 'reader.service-denied', // SCARD_W_SECURITY_VIOLATION: polkit on Linux
  },
  // The same status where it had let us in: pcsc-lite's library (2.3.3) says so of each connection that its daemon resets.
  watching: {
    2148532330: 'reader.service-stopped',
  },
  connect: {
    2148532330: 'reader.service-denied',
    2148532233: 'reader.not-found', // SCARD_E_UNKNOWN_READER
    2148532270: 'reader.not-found', // SCARD_E_NO_READERS_AVAILABLE
    2148532247: 'reader.lost', // SCARD_E_READER_UNAVAILABLE
    2148532236: 'card.absent', // SCARD_E_NO_SMARTCARD
    2148532329: 'card.absent', // SCARD_W_REMOVED_CARD
    2148532239: 'card.mute', // SCARD_E_PROTO_MISMATCH
    2148532245: 'card.mute', // SCARD_E_INVALID_ATR
    2148532325: 'card.mute', // SCARD_W_UNSUPPORTED_CARD
    2148532327: 'card.mute', // SCARD_W_UNPOWERED_CARD
  },
  transmit: {
    2148532330: 'reader.service-stopped',
    2148532227: 'reader.lost', // SCARD_E_INVALID_HANDLE: the handle went with its reader or its service
    2148532233: 'reader.lost',
    2148532270: 'reader.lost',
    2148532247: 'reader.lost',
    2148532236: 'card.removed',
    2148532329: 'card.removed',
    2148532327: 'card.reset',
  },
};

/** What is left when no line above names the status. */
const otherwise: Readonly<Record<ScardMoment, FailureCode>> = {
  // SCARD_F_COMM_ERROR among others: the library lost its service in the middle of a wait.
  watch: 'reader.service-stopped',
  watching: 'reader.service-stopped',
  connect: 'reader.unusable',
  // SCARD_E_COMM_DATA_LOST 0x8010002F, SCARD_F_COMM_ERROR 0x80100013, SCARD_E_NOT_TRANSACTED 0x80100016 among others.
  transmit: 'reader.communication',
};

/** The house's failure for a PC/SC error. Its fields hold the status as text and what the caller adds. */
export function scardFailure(error: ScardError, moment: ScardMoment, fields: FailureFields = {}): Failure {
  const { status } = error;
  const code = status === null ? otherwise[moment] : (always[status] ?? atMoment[moment][status] ?? otherwise[moment]);
  return new Failure(code, { ...fields, status: statusText(status) }, error);
}
