import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

const shell = ['/usr/bin/sqlite3', '/usr/local/bin/sqlite3', '/opt/homebrew/bin/sqlite3'].find(existsSync);

/** Runs SQL on a database past Styrk: in the sqlite3 shell, or where there is none through a bare connection. */
export function fromOutside(path: string, sql: string): void {
  if (shell !== undefined) execFileSync(shell, ['-bail', path, sql], { stdio: 'pipe' });
  else {
    const database = new Database(path);
    try {
      // As in the shell: whoever comes from outside is not held up by what tables say of each other.
      database.pragma('foreign_keys = OFF');
      database.exec(sql);
    } finally {
      database.close();
    }
  }
}
