import { type BrowserWindow, ipcMain } from 'electron';
import { callChannel, deskChannel } from '../../preload/contract.ts';
import { answerCall, boundedCalls, type CallSender, methodNames } from './call-gate.ts';
import type { Desk } from './desk.ts';
import type { Log } from './log.ts';

/** Answers the calls of the contract, one handler per method, and sends the desk's snapshots to the window. */
export function answerCalls(station: {
  readonly desk: Desk;
  readonly window: () => BrowserWindow | null;
  readonly pageOrigin: string;
  readonly log: Log;
}): void {
  const { desk, window, pageOrigin, log } = station;
  const bounded = boundedCalls(log);
  for (const method of methodNames()) {
    ipcMain.handle(callChannel(method), (event, ...args: unknown[]) => {
      const frame = event.senderFrame;
      const ours = window()?.webContents === event.sender;
      const sender: CallSender | null =
        frame === null || !ours ? null : { url: frame.url, mainFrame: frame.parent === null };
      return bounded(() => answerCall({ answers: desk.answers, pageOrigin, log }, method, sender, args));
    });
  }
  desk.onState((state) => {
    const contents = window()?.webContents;
    if (contents !== undefined && !contents.isDestroyed()) contents.send(deskChannel, state);
  });
}
