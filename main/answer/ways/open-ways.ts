import type { RandomSource } from '../../crypto/random.ts';
import type { After } from '../../result/after.ts';
import type { KnownBank } from '../bank-acts.ts';
import type { OrderCalls } from '../orders-taken.ts';
import { BankService, type ServiceGround } from './bank-service.ts';
import { openDeskChannel } from './desk-channel.ts';
import { DropFolder } from './drop-folder.ts';
import { Exchange } from './exchange.ts';

/** The ways that are open at a desk. */
export interface OpenWays {
  /** Whether browsers reach this instance; another one on the same folder may be the one. */
  readonly channel: boolean;
  readonly folders: readonly string[];
  /** The systems whose servers are asked and told. */
  readonly services: readonly string[];
  readonly exchange: Pick<Exchange, 'ask'>;
  readonly close: () => Promise<void>;
}

/** Opens the ways that the bank's systems use, as they are known now. Fails as `openDeskChannel`. */
export async function openWays(
  answers: OrderCalls & { readonly banks: () => readonly KnownBank[] },
  around: {
    readonly directory: string;
    readonly after: After;
    readonly random: RandomSource;
    readonly services: readonly Omit<ServiceGround, 'exchange' | 'after'>[];
  },
): Promise<OpenWays> {
  const exchange = new Exchange(answers, around.after);
  const systems = answers.banks().map(({ system }) => system);
  const channel = systems.some(({ ways }) => ways.includes('native-messaging'))
    ? await openDeskChannel(around.directory, exchange, around.random)
    : null;
  const named = systems.flatMap(({ ways, folder }) => (ways.includes('folder') && folder !== null ? [folder] : []));
  const folders = [...new Set(named)].map((folder) => new DropFolder(folder, exchange, around.after));
  const services = around.services.map((one) => new BankService({ ...one, exchange, after: around.after }));
  // A server that cannot be reached now keeps nobody waiting.
  for (const service of services) void service.start();
  await Promise.all(folders.map((folder) => folder.start()));
  return {
    channel: channel !== null,
    folders: [...new Set(named)],
    services: around.services.map(({ system }) => system),
    exchange,
    close: async () => {
      for (const way of [...folders, ...services]) way.close();
      await channel?.close();
      exchange.close();
    },
  };
}
