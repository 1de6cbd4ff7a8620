// The bank's server: hands orders out and takes answers in, over https, from stations that have a certificate of the bank's.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';

const usage = `node server.mjs [--training] [--lose-a-reply]
  bank.json, station.json                       as make-key.mjs and styrk banks list --json made them
  bank/server.pem, server.key, authority.pem    as make-certificates.sh made them
  bank/orders/NAME.jws                          orders that are handed out to stations
  bank/given/NAME.jws                           orders that went as a link or a code: their answers come here too
  bank/answers/NAME.jws, or NAME.refused.json   what is laid down: then the order is handed out no more
  --training      answers of training, which are never about a customer, and no others
  --lose-a-reply  the line breaks once, when the first answer was taken: the station does not hear so, and posts it again
`;
const words = process.argv.slice(2);
if (words.some((word) => word !== '--training' && word !== '--lose-a-reply')) {
  process.stderr.write(usage);
  process.exit(2);
}
const typ = words.includes('--training') ? 'styrk-training-answer+jwt' : 'styrk-answer+jwt';
let loses = words.includes('--lose-a-reply');

const read = (file) => readFileSync(file, 'utf8').trim();
const needed = (file) => {
  try {
    return read(file);
  } catch {
    process.stderr.write(`${file} is not there\n`);
    process.exit(1);
  }
};
const { id, address } = JSON.parse(needed('bank.json'));
const { station, keys } = JSON.parse(needed('station.json'));
const stationKeys = createLocalJWKSet({ keys });
const say = (text) => process.stdout.write(`${text}\n`);
/** What is not to be taken: the station hears 400 and posts it again, so that nothing is lost by a wrong station.json. */
class NotTaken extends Error {}

const ordersIn = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jws'))
    .map((file) => {
      const token = read(`${folder}/${file}`);
      const name = file.slice(0, -'.jws'.length);
      return { name, token, hash: createHash('sha256').update(token).digest('hex') };
    });
const known = (hash) => [...ordersIn('bank/orders'), ...ordersIn('bank/given')].find((order) => order.hash === hash);
const answerOf = ({ name }) => `bank/answers/${name}.jws`;
const refusalOf = ({ name }) => `bank/answers/${name}.refused.json`;
// Renamed into place: what lies there is whole, also where this process is killed.
const lay = (file, text) => {
  writeFileSync(`${file}.part`, text, { mode: 0o600 });
  renameSync(`${file}.part`, file);
};

const handedOut = new Set();
function handOut(by) {
  const waiting = ordersIn('bank/orders').filter(
    (order) => !existsSync(answerOf(order)) && !existsSync(refusalOf(order)),
  );
  for (const { name, hash } of waiting) {
    if (!handedOut.has(hash)) say(`${name}: handed out to ${by}`);
    handedOut.add(hash);
  }
  return waiting.map(({ token }) => token);
}

/** The claims of an answer of this station for this bank, and whether it came too late to go by. */
async function proved(token) {
  const expected = { typ, issuer: station, audience: id, algorithms: ['EdDSA', 'ES256'], requiredClaims: ['exp'] };
  try {
    const { payload } = await jwtVerify(token, stationKeys, expected);
    return { claims: payload, late: false };
  } catch (thrown) {
    // jose looks at the age last: all else is as expected.
    if (thrown instanceof errors.JWTExpired) return { claims: thrown.payload, late: true };
    throw thrown instanceof errors.JOSEError ? new NotTaken(thrown.message) : thrown;
  }
}

async function takeAnswer(token) {
  const { claims, late } = await proved(token);
  const order = known(claims.order.token);
  if (order === undefined) throw new NotTaken('it answers no order of ours');
  const { jti, nonce } = JSON.parse(Buffer.from(order.token.split('.')[1], 'base64url').toString());
  if (claims.order.id !== jti || claims.nonce !== nonce) throw new NotTaken('the order');
  const file = answerOf(order);
  if (existsSync(file)) {
    // The station had not heard that we took it. Nobody goes on twice by one answer, nor by a second one.
    if (read(file) !== token) throw new NotTaken(`${order.name} has another answer already`);
    say(`${order.name}: answered again, the same: nothing to do`);
    return;
  }
  lay(file, `${token}\n`);
  const { verdict, decision, conditions } = claims.styrk;
  const told = late ? 'too late to go by, send a new order' : decision.outcome;
  say(`${order.name}: answered, ${told} (verdict ${verdict}, conditions ${JSON.stringify(conditions)})`);
}

function takeRefusal(text) {
  const { token, ...why } = JSON.parse(text);
  const order = known(token);
  // Also one that we do not know any more is taken: until it hears 2xx the station takes no order behind it.
  if (order !== undefined) lay(refusalOf(order), `${JSON.stringify(why)}\n`);
  const part = why.field ?? why.reason;
  say(`${order?.name ?? token}: refused, ${why.code}${part === undefined ? '' : ` (${part})`}`);
}

async function textOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > 1_000_000) throw new NotTaken('too large');
  }
  return text;
}

const path = new URL(address).pathname.replace(/\/$/, '');
async function answer(request, response) {
  const by = request.socket.getPeerCertificate().subject.CN;
  const asked = `${request.method} ${request.url}`;
  if (asked === `GET ${path}/orders`) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(handOut(by)));
    return;
  }
  if (asked === `POST ${path}/answers`) await takeAnswer((await textOf(request)).trim());
  else if (asked === `POST ${path}/refused`) takeRefusal(await textOf(request));
  else {
    response.writeHead(404).end();
    return;
  }
  if (loses && asked.endsWith('/answers')) {
    loses = false;
    say('the reply to that is lost');
    request.socket.destroy();
  } else response.writeHead(204).end();
}

const files = { key: needed('bank/server.key'), cert: needed('bank/server.pem'), ca: needed('bank/authority.pem') };
// Who has no certificate of the bank's authority is turned away before a word is said.
const server = createServer({ ...files, requestCert: true, rejectUnauthorized: true }, (request, response) => {
  answer(request, response).catch((thrown) => {
    say(`not taken: ${thrown.message}`);
    // 500: it is ours to mend, and everything is posted again.
    response.writeHead(thrown instanceof NotTaken ? 400 : 500).end();
  });
});
server.on('tlsClientError', ({ code }) => say(`turned away: ${code}`));
server.on('error', ({ code }) => {
  process.stderr.write(`${address} cannot be opened: ${code}\n`);
  process.exit(1);
});
const { hostname, port } = new URL(address);
server.listen(Number(port || 443), hostname, () => say(`${address} waits for stations`));
