/*
 * Another program on the same card, as middleware of bank and identity cards and browsers are. It speaks by the library: to the
 * daemon it is a client like any other. Which daemon says this process's environment.
 */

const [exclusive, shared, leave] = [1, 2, 0];

export type Hold = 'transaction' | 'exclusive';

/** The addon's cards are of no use once their client is collected. */
const clients = new Set<object>();

/** The other program's connection to the card on this reader; answers how it lets go. */
export async function holdCard(reader: string, how: Hold): Promise<() => Promise<void>> {
  const addon = (await import('pcsc-mini/build/addon.node.js')).default;
  const client = addon.newClient();
  clients.add(client);
  const theirs = await client.connect(reader, how === 'exclusive' ? exclusive : shared);
  const transaction = how === 'transaction' ? await theirs.transaction() : null;
  return async () => {
    await transaction?.end(leave);
    await theirs.disconnect(leave);
  };
}
