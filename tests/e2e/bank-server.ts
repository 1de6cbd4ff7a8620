import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { httpsServer, webAuthority, webCertificate } from '../support/https-server.ts';
import { extensions } from '../support/test-pki.ts';
import { folderOf } from './order-acts.ts';

const authority = webAuthority(61);
const certificate = webCertificate(authority, 62);
const client = webCertificate(authority, 63, { extensions: [extensions.digitalSignature()] });

/** The bank's own server, which lets in who has a certificate of its authority: what it hands out, and what it was told. */
export interface BankServer {
  readonly address: string;
  /** The words of `styrk banks connect` for it. */
  readonly files: readonly string[];
  readonly orders: string[];
  readonly answers: readonly string[];
}

export async function bankServer(): Promise<BankServer> {
  const orders: string[] = [];
  const answers: string[] = [];
  const tls = { key: certificate.key, cert: certificate.certificate, ca: authority.pem };
  const { address } = await httpsServer(
    { ...tls, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      void textOf(request).then((text) => {
        if (request.url === '/answers' && !answers.includes(text)) answers.push(text);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(orders));
      });
    },
  );
  const folder = folderOf('bank-certificates');
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const files = [
    ...['--authority', file('ca.pem', authority.pem)],
    ...['--certificate', file('station.pem', client.certificate)],
    ...['--key', file('station.key', client.key)],
  ];
  return { address, files, orders, answers };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
