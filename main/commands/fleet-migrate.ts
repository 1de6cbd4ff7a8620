import { migrateHeadquarters } from '../fleet/schema/migrate.ts';
import type { Command, ExitStatus } from './command.ts';
import { databaseOptions, withDatabase } from './headquarters-options.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: databaseOptions,
  description: [
    "For headquarters: brings its PostgreSQL database to this version's tables, all or nothing; in an empty one it makes everything " +
      '(docs/fleet.md). Needs the right to make roles and a schema. No data folder is touched.',
    'With --json: { "schema": { "before", "after" } }',
  ],
  examples: ["styrk fleet migrate --url 'postgresql:///styrk?host=/run/postgresql'"],
  run: (call) =>
    withDatabase<ExitStatus>(call, async (connection) => {
      const schema = await migrateHeadquarters(connection);
      call.answer({ schema }, () =>
        schema.before === schema.after
          ? `Nothing to do: version ${schema.after}.\n`
          : `From version ${schema.before} to ${schema.after}.\n`,
      );
      return 0;
    }),
};
