import { pcscdCommand, pcscdMessage, readersIn, readersStateBytes } from './pcscd-messages.ts';
import { openPcscdSession, type PcscdSession, pcscStatus, UnknownVersion } from './pcscd-session.ts';
import { type ScardBinding, ScardError, type ScardReaderState, type ScardWatch, scardState } from './scard.ts';
import { type Scheduler, withinTime } from './scheduler.ts';

/** Whom a watch tells. */
export interface WatchListener {
  readonly onState: (change: ScardReaderState) => void;
  readonly onEnd: (error: ScardError) => void;
  readonly onReady: (whole: boolean) => void;
}

/** The daemon says when a card moves, and never when one is taken into use or let go: while cards lie there it is asked. */
const lookMillis = { card: 250, none: 1_000 } as const;
/** While drivers begin, the daemon waits for them before it says anything. */
const answerMillis = 10_000;
/** `wait_reader_state_change`: time-out and status. */
const signalBytes = 8;
const late = Symbol('late');

/** Watches the daemon's table of readers until it goes or `stop` is called. */
export function watchPcscd(
  path: string,
  scheduler: Scheduler,
  otherwise: () => Promise<ScardBinding>,
  { onState, onEnd, onReady }: WatchListener,
): ScardWatch {
  let stopped = false;
  let session: PcscdSession | null = null;
  let other: ScardWatch | null = null;
  let known: readonly string[] = [];

  const inTime = async (answer: Promise<Uint8Array>): Promise<Uint8Array> => {
    const given = await withinTime(scheduler, answerMillis, answer, late);
    if (given === late) throw new ScardError(pcscStatus.noService);
    return given;
  };
  const tell = (readers: readonly ScardReaderState[]): void => {
    const names = readers.map(({ reader }) => reader);
    const gone = known.filter((name) => !names.includes(name));
    known = names;
    for (const reader of gone) onState({ reader, flags: null, atr: new Uint8Array() });
    for (const reader of readers) onState(reader);
  };
  const follow = async (): Promise<void> => {
    session = await openPcscdSession(path, scheduler);
    for (let first = true; !stopped; first = false) {
      const readers = readersIn(
        await inTime(session.ask(pcscdMessage(pcscdCommand.waitReaderStateChange), readersStateBytes)),
      );
      if (stopped) break;
      if (first) onReady(true);
      tell(readers);
      const card = readers.some(({ flags }) => ((flags ?? 0) & scardState.present) !== 0);
      const signal = session.read(signalBytes);
      if ((await withinTime(scheduler, card ? lookMillis.card : lookMillis.none, signal, late)) === late) {
        // One signal comes for each wait, be it of the event or of the end of waiting, whichever was first.
        session.send(pcscdMessage(pcscdCommand.stopWaiting));
        await inTime(signal);
      }
    }
    session.close();
  };
  follow().catch(async (thrown: unknown) => {
    session?.close();
    if (stopped) return;
    if (!(thrown instanceof ScardError)) throw thrown;
    if (!(thrown instanceof UnknownVersion)) return onEnd(thrown);
    try {
      other = (await otherwise()).watch(onState, onEnd, onReady);
    } catch (refused) {
      onEnd(refused instanceof ScardError ? refused : new ScardError(null, refused));
    }
  });
  return {
    async stop() {
      stopped = true;
      session?.close();
      await other?.stop();
    },
  };
}
