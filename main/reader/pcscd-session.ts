import { createConnection, type Socket } from 'node:net';
import { concat } from '../result/bytes.ts';
import { pcscdCommand, pcscdMessage, responseBytes, wordAt, words } from './pcscd-messages.ts';
import { ScardError } from './scard.ts';
import { pause, type Scheduler, withinTime } from './scheduler.ts';

/** One connection to the PC/SC daemon. Everything fails with a `ScardError`. */
export interface PcscdSession {
  /** Sends, and resolves with so many bytes of what comes next. One at a time; waits for as long as it takes. */
  ask(message: Uint8Array, bytes: number): Promise<Uint8Array>;
  /** So many further bytes. */
  read(bytes: number): Promise<Uint8Array>;
  /** Says something; what comes back is read elsewhere. */
  send(message: Uint8Array): void;
  /** Ends it at once, whatever is under way: the daemon lets go of what it held. */
  close(): void;
}

/** Statuses of PC/SC that are told here instead of by the daemon (pcsclite.h). */
export const pcscStatus = {
  noService: 0x8010001d,
  noAccess: 0x80100027,
  communication: 0x80100013,
  securityViolation: 0x8010006a,
} as const;

/** The daemon, or this house, ended the session. */
export class SessionLost extends ScardError {}

/** The daemon speaks a version that this house does not know: a binding by its own library must do. */
export class UnknownVersion extends ScardError {}

const late = Symbol('late');
const answerMillis = 2_000;
const againMillis = 50;
const major = 4;
const minors = [4, 5] as const;

/**
 * Opens a session: the socket, and the versions agreed upon. The daemon takes as long as it likes over a card, but not over
 * its version: after two seconds it counts as stopped. Where it closes before it has said its version, twice, it refuses:
 * polkit's action `access_pcsc` is denied to this process (`SCARD_W_SECURITY_VIOLATION`; the library would say that there is
 * no service).
 */
export async function openPcscdSession(path: string, scheduler: Scheduler): Promise<PcscdSession> {
  for (let closed = 0; ; ) {
    const session = await opened(path);
    try {
      const agreed = await withinTime(scheduler, answerMillis, agree(session), late);
      if (agreed === late) throw new ScardError(pcscStatus.noService);
      return session;
    } catch (thrown) {
      session.close();
      if (!(thrown instanceof SessionLost)) throw thrown;
      closed += 1;
      if (closed > 1) throw new ScardError(pcscStatus.securityViolation, thrown);
      // A daemon that was just ending closes too; asked again, it is not there.
      await pause(scheduler, againMillis);
    }
  }
}

// Daemons up to 2.4.0 take no version but their own, which they say in refusing; newer ones take each from 4:4 on.
async function agree(session: PcscdSession): Promise<void> {
  let said = 0;
  for (const minor of minors) {
    const response = await session.ask(
      pcscdMessage(pcscdCommand.version, words(major, minor, 0)),
      responseBytes.version,
    );
    if (wordAt(response, 8) === 0) return;
    said = wordAt(response, 4);
    if (wordAt(response, 0) !== major) break;
  }
  throw new UnknownVersion(pcscStatus.noService, new Error(`protocol 4:${said}`));
}

function opened(path: string): Promise<PcscdSession> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    const refused = (error: Error): void => {
      const denied = 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
      reject(new ScardError(denied ? pcscStatus.noAccess : pcscStatus.noService, error));
    };
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      resolve(sessionOn(socket));
    });
  });
}

function sessionOn(socket: Socket): PcscdSession {
  let waiting: { bytes: number; resolve: (bytes: Uint8Array) => void; reject: (error: ScardError) => void } | null =
    null;
  let received: Uint8Array = new Uint8Array();
  let lost: SessionLost | null = null;
  const serve = (): void => {
    if (waiting === null) return;
    if (received.length >= waiting.bytes) {
      const { bytes, resolve } = waiting;
      waiting = null;
      const answer = received.slice(0, bytes);
      received = received.slice(bytes);
      resolve(answer);
    } else if (lost !== null) {
      waiting.reject(lost);
      waiting = null;
    }
  };
  const lose = (error?: Error): void => {
    lost ??= new SessionLost(pcscStatus.communication, error);
    socket.destroy();
    serve();
  };
  socket.on('data', (chunk: Uint8Array) => {
    received = concat(received, chunk);
    serve();
  });
  socket.on('error', lose);
  socket.on('close', () => lose());
  const read = (bytes: number): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      waiting = { bytes, resolve, reject };
      serve();
    });
  return {
    ask(message, bytes) {
      if (lost === null) socket.write(message);
      return read(bytes);
    },
    read,
    send(message) {
      if (lost === null) socket.write(message);
    },
    close: () => lose(),
  };
}
