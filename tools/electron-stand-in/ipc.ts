export interface InvokeEvent {
  /** The `WebContents` that called. */
  readonly sender: object;
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null;
}

type InvokeHandler = (event: InvokeEvent, ...args: readonly unknown[]) => unknown;

const handlers = new Map<string, InvokeHandler>();

export const ipcMain = {
  handle(channel: string, handler: InvokeHandler): void {
    handlers.set(channel, handler);
  },
};

/** Calls the app's handler of a channel. Rejects where there is none, as Electron does. */
export async function invoke(event: InvokeEvent, channel: string, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return handler(event, ...args);
}
