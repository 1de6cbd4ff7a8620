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
 * Forwards to a port of this machine. `nextCut` says, for each connection, after how many bytes (both ways together) it is cut in
 * the midst of what is sent; null: never. `onBytes` hears of what stations have sent, all connections together.
 */
export async function cuttingProxy(
  to: number,
  { nextCut, onBytes }: { readonly nextCut: () => number | null; readonly onBytes: (all: number) => void },
): Promise<CuttingProxy> {
  let cut = 0;
  let all = 0;
  const open = new Set<Socket>();
  const server = createServer((station) => {
    const upstream = connect(to, '127.0.0.1');
    let left = nextCut();
    const end = (): void => {
      station.destroy();
      upstream.destroy();
      open.delete(station);
    };
    open.add(station);
    const forward = (from: Socket, onward: Socket, isSent: boolean): void => {
      from.on('data', (part: Buffer) => {
        if (left !== null && part.length >= left) {
          onward.write(part.subarray(0, left), end);
          left = Number.POSITIVE_INFINITY;
          cut += 1;
          return;
        }
        if (left !== null) left -= part.length;
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
