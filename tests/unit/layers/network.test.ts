import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDeskChannel } from '../../../main/answer/ways/desk-channel.ts';
import { importAtStart, importLater, loadedBy } from '../../support/loaded-by.ts';
import { random, temporaryFolder } from '../store/support.ts';

/*
 * No port is open at a desk, and nothing goes out but to the places that administrators set: who can reach a network at all is
 * named here, so that one more is a decision.
 */

const root = resolve(import.meta.dirname, '../../..');
const sources = globSync('{main,preload,renderer}/**/*.{ts,tsx}', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const modules = /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises|inspector)$|^(?:pg|undici|ws)$/;

/** What the runtime is asked for without an import. */
const askedOfRuntime = /\bgetBuiltinModule\('([^']+)'\)/g;

/** Who imports what reaches a network, other than types, and what for. */
const known: Readonly<Record<string, string>> = {
  'main/answer/ways/desk-channel.ts': "a socket of the data folder's owner (a named pipe on Windows), on no network",
  'main/fleet/connection.ts': 'the PostgreSQL of the headquarters that is set',
  'main/keeping/log/serve-witness.ts': 'a witness for other stations: a command of its own, which alone listens',
  'main/keeping/update/fetch.ts': 'lists from the addresses that are set',
  'main/keeping/update/source.ts': 'certificates of their servers, as files',
  'main/keeping/update/web-reach.ts': 'revocation lists from where certificates of states that are set say',
  'main/machine/https-call.ts': 'services, witnesses and systems of the bank that are set',
  'main/machine/https-service.ts': 'their certificates and keys',
  'main/machine/plain-http.ts':
    'the same without TLS: a witness of this machine, revocation lists of states that are set',
  'main/machine/tls-agent.ts': 'their certificates and keys',
  'main/reader/pcscd-session.ts': "the PC/SC service's socket, on no network",
  'main/simulator/vpcd-client.ts': 'a virtual reader that a command of the side door names',
};

describe('a network', () => {
  it('is reached by these alone', () => {
    const reaching = sources.filter((path) =>
      [importAtStart, importLater, askedOfRuntime].some((pattern) =>
        [...textOf(path).matchAll(pattern)].some(([, specifier = '']) => modules.test(specifier)),
      ),
    );
    expect(reaching).toEqual(Object.keys(known));
  });

  it('is not reached past them: no fetch, no socket of the web, none of Electron’s own ways out', () => {
    const past =
      /(?<![.#\w])fetch\((?!\))|\b(?:WebSocket|EventSource|XMLHttpRequest)\(|\b(?:autoUpdater|crashReporter|sendBeacon)\b|\bnet\.request\b/;
    const comment = /^\s*(?:\/\/|\*|\/\*)/;
    const lines = sources.flatMap((path) =>
      textOf(path)
        .split('\n')
        .filter((line) => past.test(line)),
    );
    expect(lines.filter((line) => !comment.test(line))).toEqual([]);
    expect(['await fetch(place)', 'new WebSocket(place)', 'autoUpdater.on()'].every((line) => past.test(line))).toBe(
      true,
    );
  });
});

describe('a port', () => {
  it('is listened on by a witness, which no desk loads, and by nobody else', () => {
    const listening = sources.filter((path) => /\bcreate(?:Secure)?Server\b/.test(textOf(path)));
    expect(listening).toEqual(['main/answer/ways/desk-channel.ts', 'main/keeping/log/serve-witness.ts']);
    const desk = loadedBy('main/index.ts', [importAtStart, importLater]);
    expect(desk.has('main/answer/ways/desk-channel.ts')).toBe(true);
    expect([...desk].filter((path) => /serve-witness|vpcd-client/.test(path))).toEqual([]);
  });

  it('is not what the desk listens on for browsers', async () => {
    const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = ports();
    const channel = await openDeskChannel(temporaryFolder(), { ask: () => Promise.reject(new Error('asked')) }, random);
    onTestFinished(() => channel?.close());
    expect([channel === null, ports()]).toEqual([false, before]);
    // What a port would look like.
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    expect(ports()).toBe(before + 1);
  });
});
