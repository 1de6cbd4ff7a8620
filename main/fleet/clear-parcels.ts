import type { Connection } from './connection.ts';

/**
 * What is known of parcels is kept for 60 days. What lies there untaken for longer than its addressee would take it goes too: a
 * sender that still waits for it makes another. Then the table is written anew: what was taken lies in its files no more. As who
 * administers the database. Answers how many rows went.
 */
export async function clearParcels({ ask }: Pick<Connection, 'ask'>): Promise<number> {
  const { count } = await ask(
    `DELETE FROM styrk.parcels WHERE coalesce(taken_at, received_at) < now() - interval '60 days'
       OR (taken_at IS NULL AND kind = 'referrals' AND received_at < now() - interval '8 days')`,
  );
  await ask("SET lock_timeout = '30s'");
  await ask('VACUUM (FULL) styrk.parcels');
  return count;
}
