import { ScardError } from './scard.ts';

/** An error of the addon as PC/SC's own; what is none of PC/SC's has no status. */
export function asScardError(thrown: unknown): ScardError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return new ScardError(typeof code === 'string' ? (statuses.get(code) ?? null) : null, thrown);
}

/** The names that `pcsc-mini` gives to PC/SC statuses. */
const statuses: ReadonlyMap<string, number> = new Map(
  Object.entries({
    InternalError: 0x80100001,
    Cancelled: 0x80100002,
    InvalidHandle: 0x80100003,
    InvalidParameter: 0x80100004,
    NoMemory: 0x80100006,
    WaitedTooLong: 0x80100007,
    InsufficientBuffer: 0x80100008,
    UnknownReader: 0x80100009,
    Timeout: 0x8010000a,
    SharingViolation: 0x8010000b,
    NoSmartCard: 0x8010000c,
    UnknownCard: 0x8010000d,
    CantDispose: 0x8010000e,
    ProtoMismatch: 0x8010000f,
    NotReady: 0x80100010,
    InvalidValue: 0x80100011,
    SystemCancelled: 0x80100012,
    CommError: 0x80100013,
    UnknownError: 0x80100014,
    InvalidAtr: 0x80100015,
    NotTransacted: 0x80100016,
    ReaderUnavailable: 0x80100017,
    Shutdown: 0x80100018,
    ReaderUnsupported: 0x8010001a,
    CardUnsupported: 0x8010001c,
    NoService: 0x8010001d,
    ServiceStopped: 0x8010001e,
    UnsupportedFeature: 0x8010001f,
    NoAccess: 0x80100027,
    NoReadersAvailable: 0x8010002e,
    CommDataLost: 0x8010002f,
    ServerTooBusy: 0x80100031,
    UnsupportedCard: 0x80100065,
    UnresponsiveCard: 0x80100066,
    UnpoweredCard: 0x80100067,
    ResetCard: 0x80100068,
    RemovedCard: 0x80100069,
    SecurityViolation: 0x8010006a,
  }),
);
