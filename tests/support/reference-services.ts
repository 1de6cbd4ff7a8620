import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { httpsService, noServiceFiles } from '../../main/machine/https-service.ts';
import type { Asking } from '../../main/services/asking.ts';
import { httpsServer, webAuthority, webCertificate } from './https-server.ts';
import { extensions } from './test-pki.ts';

/*
 * The bank's side of docs/openapi/, as small as it can be: a server of this machine that lets in who has a client certificate
 * and answers as a test wants it to.
 */
export interface Question {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The members of the answer beside `questionId`; a listener answers otherwise, or not at all. */
export type ReferenceAnswer = object | RequestListener;

const authority = webAuthority(41);
const server = webCertificate(authority, 42);
const client = webCertificate(authority, 43, { extensions: [extensions.digitalSignature()] });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const longestQuestion = 16 * 1024;

async function bodyOf(request: IncomingMessage): Promise<Question['body']> {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > longestQuestion) throw new Error('a question without end');
  }
  return JSON.parse(text);
}

/** A service that answers what `answer` makes of each question, and how to ask it. */
export async function referenceService(answer: (question: Question) => ReferenceAnswer) {
  const questions: Question[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { authorized } = request.socket as TLSSocket;
    if (!authorized || request.method !== 'POST') return void response.writeHead(403).end();
    const question = { path: request.url ?? '', body: await bodyOf(request) };
    questions.push(question);
    const told = answer(question);
    if (typeof told === 'function') return void told(request, response);
    const { questionId } = question.body;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ questionId, ...told }));
  };
  const options = { key: server.key, cert: server.certificate, ca: authority.pem, requestCert: true };
  const { address } = await httpsServer(options, (request, response) => void respond(request, response));
  const identity = { certificate: bytes(client.certificate), key: bytes(client.key) };
  const service = httpsService(`${address}v1`, { ...noServiceFiles, authority: bytes(authority.pem), ...identity });
  let asked = 0;
  const asking: Asking = {
    service,
    around: { after: () => () => undefined },
    newQuestionId: () => `question-${++asked}`,
  };
  return { asking, questions, address, files: { ...noServiceFiles, authority: bytes(authority.pem), ...identity } };
}

/** Ways in which a service is not itself, by the failure that each comes to. */
export const serviceFaults: readonly (readonly [string, ReferenceAnswer, string])[] = [
  ['out of order', (_, response) => response.writeHead(503).end(), 'service.broken'],
  ['no right', (_, response) => response.writeHead(403).end(), 'service.refused'],
  ['sent on', (_, response) => response.writeHead(302, { location: '/v2/' }).end(), 'service.refused'],
  [
    'a page',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    'service.answer-malformed',
  ],
  [
    '10 MB',
    (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(10_000_000)}"`),
    'service.answer-too-large',
  ],
  ['cut', (request) => request.socket.destroy(), 'service.unreachable'],
  ['an answer to another question', { questionId: 'another' }, 'service.answer-malformed'],
  ['nothing', {}, 'service.answer-malformed'],
];
