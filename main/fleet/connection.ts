import { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { ClientConfig } from 'pg';
import { type ClientIdentity, provedTls } from '../machine/tls-agent.ts';
import type { After } from '../result/after.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { sqlFailure } from './sql-failure.ts';

/** A database and who the station is to it. */
export interface DatabaseAddress {
  /** A name or address, or the folder of a socket of this machine (begins with `/`): then without TLS. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | null;
  /** The authority (PEM) that the server's certificate must lead to; null for those that are generally known. */
  readonly authority: string | null;
  readonly identity: ClientIdentity | null;
}

/** What a connection may cost. */
export interface ConnectionLimits {
  readonly connectMillis: number;
  /** For each statement, on both sides; from the answer to the one before. */
  readonly statementMillis: number;
  /** For the answer of each statement. */
  readonly answerBytes: number;
}

export const standardLimits: ConnectionLimits = {
  connectMillis: 10_000,
  statementMillis: 30_000,
  answerBytes: 8 * 1024 * 1024,
};

export interface ConnectionAround {
  readonly after: After;
  readonly signal?: AbortSignal;
  readonly limits?: ConnectionLimits;
}

export interface SqlAnswer {
  readonly rows: readonly unknown[];
  readonly count: number;
}

/** One connection. After any failure it is closed: what a server would still answer is nobody's answer. */
export interface Connection extends AsyncDisposable {
  /**
   * One statement. Text alone may hold several, without values. Who asks again before the answer has come sends at once: the server
   * takes one after the other.
   */
  readonly ask: (text: string, values?: readonly unknown[], name?: string) => Promise<SqlAnswer>;
  /** Several as one transaction: where one fails, none is done. */
  readonly atOnce: <Answer>(act: () => Promise<Answer>) => Promise<Answer>;
}

/**
 * Connects to a PostgreSQL database: over TLS with proof, and with nothing of the process's environment. The words of a failure
 * name the host and the system's or SQL's code, nothing that was sent or received. Fails with `service.unreachable`,
 * `service.not-trusted` (it did not prove itself, or speaks no TLS), `service.refused` (it refused the station, or asks for a password where none is set), `fleet.no-database`, `service.broken`
 * (out of connections, stopping, starting, lost), `service.too-slow`, `service.answer-malformed`, `service.answer-too-large`,
 * `service.cancelled`; a statement with `fleet.schema-older` (its tables are not there) besides. The client is loaded here and
 * not sooner: a station without headquarters starts without it.
 */
export async function openConnection(to: DatabaseAddress, around: ConnectionAround): Promise<Connection> {
  const { default: pg } = await import('pg');
  const limits = around.limits ?? standardLimits;
  const socket = new Socket();
  const client = new pg.Client(clientConfig(to, limits, socket));
  const { connection } = client as unknown as { readonly connection: ClientConnection };
  let ended: Failure | null = null;
  const end = (failure: Failure): void => {
    ended ??= failure;
    socket.destroy();
  };
  // What comes while nobody asks, a server's farewell for one, is the next question's failure.
  client.on('error', () => end(new Failure('service.broken', { host: to.host })));
  guardParser(connection, () => end(new Failure('service.answer-malformed', { host: to.host, reason: 'protocol' })));
  const cancelled = (): void => end(new Failure('service.cancelled', { host: to.host }));
  if (around.signal?.aborted === true) cancelled();
  around.signal?.addEventListener('abort', cancelled, { once: true });

  // Its time begins with its turn: of several that are under way each waits for those before.
  const within = async <Answer>(
    millis: number,
    act: () => Promise<Answer>,
    turn: Promise<unknown> | null = null,
  ): Promise<Answer> => {
    const late = Promise.withResolvers<never>();
    let cancelLate = (): void => undefined;
    let isOver = false;
    const begin = (): void => {
      if (isOver) return;
      cancelLate = around.after(millis, () => {
        end(new Failure('service.too-slow', { host: to.host }));
        late.reject(ended);
      });
    };
    if (turn === null) begin();
    else void turn.then(begin, begin);
    try {
      if (ended !== null) throw ended;
      return await Promise.race([act(), late.promise]);
    } catch (thrown) {
      const failure: Failure = ended ?? sqlFailure(thrown, to.host);
      end(failure);
      throw failure;
    } finally {
      isOver = true;
      cancelLate();
    }
  };

  await within(limits.connectMillis, () => client.connect());
  let received = 0;
  connection.stream.on('data', (part: Uint8Array) => {
    received += part.length;
    if (received > limits.answerBytes)
      end(new Failure('service.answer-too-large', { host: to.host, limit: limits.answerBytes }));
  });

  let newest: Promise<SqlAnswer> | null = null;
  const ask: Connection['ask'] = (text, values, name) => {
    const asking = async (): Promise<SqlAnswer> => {
      received = 0;
      const query =
        values === undefined ? { text } : { text, values: [...values], ...(name === undefined ? {} : { name }) };
      const answer = await client.query(query);
      return { rows: answer.rows ?? [], count: answer.rowCount ?? 0 };
    };
    const asked = within(limits.statementMillis, asking, newest);
    newest = asked;
    return asked;
  };
  const close = (): void => {
    around.signal?.removeEventListener('abort', cancelled);
    // Said politely where it still can be; nobody waits for it.
    if (ended === null) void client.end().catch(() => undefined);
    end(new Failure('service.broken', { host: to.host, reason: 'closed' }));
  };
  return {
    ask,
    atOnce: async (act) => {
      await ask('BEGIN');
      try {
        const answer = await act();
        await ask('COMMIT');
        return answer;
      } catch (thrown) {
        if (ended === null) await ask('ROLLBACK').catch(() => undefined);
        throw asFailure(thrown);
      }
    },
    [Symbol.asyncDispose]: async () => close(),
  };
}

const passwordAsked = 'asks for a password, and none is set: pg_hba.conf';

// The client takes host, names, password and switches from the environment and from files where they are empty: none is.
function clientConfig(to: DatabaseAddress, { statementMillis }: ConnectionLimits, socket: Socket): ClientConfig {
  const local = to.host.startsWith('/');
  return {
    host: to.host,
    port: to.port,
    database: to.database,
    user: to.user,
    password: () => {
      // A server whose pg_hba.conf asks for one where a certificate, or the socket, was to be enough: trying again mends nothing.
      if (to.password === null) throw new Failure('service.refused', { host: to.host, reason: passwordAsked });
      return to.password;
    },
    ssl: local ? false : provedTls(to.authority === null ? rootCertificates : [to.authority], to.identity),
    sslnegotiation: 'postgres',
    application_name: 'styrk',
    client_encoding: 'UTF8',
    options: '-c search_path=pg_catalog -c client_min_messages=error',
    statement_timeout: statementMillis,
    lock_timeout: statementMillis,
    idle_in_transaction_session_timeout: statementMillis,
    keepAlive: true,
    // What is asked before an answer has come is sent at once and answered in its turn.
    pipeline: true,
    stream: () => socket,
  };
}

/** What of the client's own connection is used here, which it does not describe. */
interface ClientConnection {
  /** The stream that the answers come by: TLS's own once there is TLS. */
  readonly stream: NodeJS.ReadableStream;
  /** Reads what the server sends from this stream from now on. */
  attachListeners: (stream: Pick<NodeJS.ReadableStream, 'on'>) => void;
}

// The client's parser throws at what it does not know, in the stream's own event, where nobody could catch it: a server would end
// the whole process.
function guardParser(connection: ClientConnection, refused: () => void): void {
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) =>
    attach({
      on: (name, listener) => {
        stream.on(name, (...args: unknown[]) => {
          try {
            listener(...args);
          } catch {
            refused();
          }
        });
        return stream as NodeJS.ReadableStream;
      },
    });
}
