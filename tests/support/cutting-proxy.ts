import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between stations and a server, counts, and cuts. */
export interface CuttingProxy {
  readonly port: number;
  /** How many connections were cut. */
  readonly cut: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Where a connection is cut: after so many bytes, both ways together, in the midst of what is sent; or in the place of the server's
 * answer of this number, which the station never hears though the server has done what was asked.
 */
export type Cut = { readonly afterBytes: number } | { readonly atAnswer: number };

/**
 * Forwards to a port of this machine. `nextCut` says for each connection where it is cut; null: nowhere. A connection that ended
 * before gives its cut back by `giveBack`. `onBytes` hears of what stations have sent, all connections together.
 */
export async function cuttingProxy(
  to: number,
  {
    nextCut,
    giveBack,
    onBytes,
  }: {
    readonly nextCut: () => Cut | null;
    readonly giveBack: (cut: Cut) => void;
    readonly onBytes: (all: number) => void;
  },
): Promise<CuttingProxy> {
  let cut = 0;
  let all = 0;
  const open = new Set<Socket>();
  const server = createServer((station) => {
    const upstream = connect(to, '127.0.0.1');
    let due = nextCut();
    let [bytes, answers, hasAsked] = [0, 0, false];
    const end = (): void => {
      station.destroy();
      upstream.destroy();
      open.delete(station);
      if (due !== null) giveBack(due);
      due = null;
    };
    const cutNow = (): void => {
      cut += 1;
      due = null;
      // Nothing goes on behind the cut.
      open.delete(station);
    };
    open.add(station);
    const forward = (from: Socket, onward: Socket, isSent: boolean): void => {
      from.on('data', (part: Buffer) => {
        if (!open.has(station)) return;
        if (!isSent && hasAsked) answers += 1;
        hasAsked = isSent;
        if (due !== null && 'afterBytes' in due && bytes + part.length >= due.afterBytes) {
          onward.write(part.subarray(0, due.afterBytes - bytes), end);
          return cutNow();
        }
        if (due !== null && 'atAnswer' in due && answers >= due.atAnswer) {
          cutNow();
          return end();
        }
        bytes += part.length;
        onward.write(part);
        if (isSent) {
          all += part.length;
          onBytes(all);
        }
      });
      from.on('error', end);
      from.on('close', end);
    };
    forward(station, upstream, true);
    forward(upstream, station, false);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    cut: () => cut,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
