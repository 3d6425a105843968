import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/delivery-tls');

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
if (!HAS_OPENSSL) console.log('Skipped: TLS needs `openssl`, which is not here.');
const withOpenssl = HAS_OPENSSL ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), 'otel-register-tls-'));
test.before(() => {
  if (HAS_OPENSSL) makeCertificates();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

withOpenssl('records go to an https collector whose authority is given', async () => {
  const { subjects, stderr } = await deliver({ OTEL_EXPORTER_OTLP_CERTIFICATE: path('ca.pem') });

  assert.is(subjects.length, 1);
  assert.is(stderr, '');
});

withOpenssl('a client certificate is shown', async () => {
  const { subjects, stderr } = await deliver({
    OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: path('ca.pem'),
    OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: path('client.pem'),
    OTEL_EXPORTER_OTLP_CLIENT_KEY: path('client.key'),
  });

  assert.equal(subjects, ['client']);
  assert.is(stderr, '');
});

withOpenssl('an unknown authority gets nothing, and the program ends as it would', async () => {
  const { subjects, stdout, code } = await deliver({});

  assert.equal(subjects, []);
  assert.is(code, 0);
  assert.is(stdout, 'hello\n');
});

withOpenssl('a certificate file without a certificate costs the records alone', async () => {
  writeFileSync(path('broken.pem'), '-----BEGIN CERTIFICATE-----\nnonsense\n');
  const { subjects, stdout, code } = await deliver({
    OTEL_EXPORTER_OTLP_CERTIFICATE: path('broken.pem'),
  });

  assert.equal(subjects, []);
  assert.is(code, 0);
  assert.is(stdout, 'hello\n');
});

/** Runs a program that logs one line against an https collector; whom each request came from. */
async function deliver(env: Record<string, string>) {
  const subjects: (string | undefined)[] = [];
  const server = createServer(
    {
      key: readFileSync(path('server.key')),
      cert: readFileSync(path('server.pem')),
      ca: readFileSync(path('ca.pem')),
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      const socket = request.socket as TLSSocket;
      const { subject } = socket.getPeerCertificate();
      subjects.push(socket.authorized ? String(subject.CN) : undefined);
      request.resume().on('end', () => response.end());
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await runNode({
      script: 'delivery/one-line.cjs',
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: `https://127.0.0.1:${port}`, ...env },
    });
    return { subjects, code, stdout: stdout.toString(), stderr: stderr.toString() };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function path(name: string): string {
  return join(folder, name);
}

function makeCertificates(): void {
  openssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem');
  writeFileSync(path('server.ext'), 'subjectAltName=IP:127.0.0.1\n');
  writeFileSync(path('client.ext'), 'extendedKeyUsage=clientAuth\n');
  for (const name of ['server', 'client']) {
    openssl(`req -newkey rsa:2048 -nodes -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`);
    openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ${name}.ext -out ${name}.pem`,
    );
  }
}

function openssl(line: string): void {
  execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
}

test.run();
