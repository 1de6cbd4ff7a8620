import { Failure, type FailureFields } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { type ScardError, statusText } from './scard.ts';

/** What was being done when PC/SC refused: the same status means another thing to a person at another moment. */
export type ScardMoment = 'watch' | 'connect' | 'transmit';

/** PC/SC statuses whose meaning does not depend on the moment (numbers: pcsclite.h, winerror.h). */
const always: Readonly<Record<number, FailureCode>> = {
  0x80100008: 'card.response-too-long', // SCARD_E_INSUFFICIENT_BUFFER
  0x8010000a: 'card.mute', // SCARD_E_TIMEOUT
  0x8010000b: 'reader.shared', // SCARD_E_SHARING_VIOLATION
  0x80100012: 'reader.service-stopped', // SCARD_E_SYSTEM_CANCELLED: Windows stops its service with the last reader
  0x80100018: 'reader.service-stopped', // SCARD_P_SHUTDOWN
  0x8010001d: 'reader.service-stopped', // SCARD_E_NO_SERVICE
  0x8010001e: 'reader.service-stopped', // SCARD_E_SERVICE_STOPPED
  0x80100027: 'reader.service-denied', // SCARD_E_NO_ACCESS
  0x8010006a: 'reader.service-denied', // SCARD_W_SECURITY_VIOLATION: polkit on Linux
  0x80100066: 'card.mute', // SCARD_W_UNRESPONSIVE_CARD
  0x80100068: 'card.reset', // SCARD_W_RESET_CARD
};

const atMoment: Readonly<Record<ScardMoment, Readonly<Record<number, FailureCode>>>> = {
  watch: {},
  connect: {
    0x80100009: 'reader.not-found', // SCARD_E_UNKNOWN_READER
    0x8010002e: 'reader.not-found', // SCARD_E_NO_READERS_AVAILABLE
    0x80100017: 'reader.lost', // SCARD_E_READER_UNAVAILABLE
    0x8010000c: 'card.absent', // SCARD_E_NO_SMARTCARD
    0x80100069: 'card.absent', // SCARD_W_REMOVED_CARD
    0x8010000f: 'card.mute', // SCARD_E_PROTO_MISMATCH
    0x80100015: 'card.mute', // SCARD_E_INVALID_ATR
    0x80100065: 'card.mute', // SCARD_W_UNSUPPORTED_CARD
    0x80100067: 'card.mute', // SCARD_W_UNPOWERED_CARD
  },
  transmit: {
    0x80100003: 'reader.lost', // SCARD_E_INVALID_HANDLE: the handle went with its reader or its service
    0x80100009: 'reader.lost',
    0x8010002e: 'reader.lost',
    0x80100017: 'reader.lost',
    0x8010000c: 'card.removed',
    0x80100069: 'card.removed',
    0x80100067: 'card.reset',
  },
};

/** What is left when no line above names the status. */
const otherwise: Readonly<Record<ScardMoment, FailureCode>> = {
  // SCARD_F_COMM_ERROR among others: the library lost its service in the middle of a wait.
  watch: 'reader.service-stopped',
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
