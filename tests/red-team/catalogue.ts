import type { Attack } from './attack.ts';
import { chipAttacks } from './chips.ts';
import { clockAttacks } from './clocks.ts';
import { databaseAttacks } from './databases.ts';
import { documentAttacks } from './documents.ts';
import { listAttacks } from './lists.ts';
import { orderAttacks } from './orders.ts';
import { pageAttacks } from './page-calls.ts';

/** Every kind of forgery, area after area. */
export const attacks: readonly Attack[] = [
  ...documentAttacks,
  ...chipAttacks,
  ...listAttacks,
  ...clockAttacks,
  ...orderAttacks,
  ...databaseAttacks,
  ...pageAttacks,
];
