import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { examine, the } from './examined.js';
import { answering, answeringTls, withServer } from './servers.js';

const test = suite('commands/doctor/doctor-tls');

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
if (!HAS_OPENSSL) console.log('Skipped: TLS needs `openssl`, which is not here.');
const withOpenssl = HAS_OPENSSL ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), 'otel-register-doctor-tls-'));
test.before(() => {
  if (HAS_OPENSSL) makeCertificates();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const trusted = { OTEL_EXPORTER_OTLP_CERTIFICATE: join(folder, 'ca.pem') };

withOpenssl('an authority that is given is trusted, and the record arrives', () =>
  withServer(server('server'), async port => {
    const examined = await examine([], { env: { ...endpoint(port), ...trusted } });

    assert.match(the(examined, 'tls').says, /^TLSv1\.3, certificate of Test CA$/);
    assert.is(the(examined, 'probe').status, 'ok');
    assert.is(examined.code, 0);
  }),
);

withOpenssl('an unknown authority is named, with the variable to name it in', () =>
  withServer(server('server'), async port => {
    const examined = await examine([], { env: endpoint(port) });

    const { says, todo } = the(examined, 'tls.authority');
    assert.is(says, 'The certificate is of Test CA, unknown here');
    assert.match(todo!, 'OTEL_EXPORTER_OTLP_CERTIFICATE');
    assert.not(examined.findings.some(({ id }) => id.startsWith('probe')));
    assert.is(examined.code, 1);
  }),
);

withOpenssl('a certificate of another machine is named, with the names it has', () =>
  withServer(server('elsewhere'), async port => {
    const examined = await examine([], { env: { ...endpoint(port), ...trusted } });

    assert.is(
      the(examined, 'tls.host').says,
      'The certificate is not for 127.0.0.1, but for DNS:collector.example',
    );
    assert.is(examined.code, 1);
  }),
);

withOpenssl('a certificate that has expired is named', () =>
  withServer(server('expired'), async port => {
    const examined = await examine([], { env: { ...endpoint(port), ...trusted } });

    assert.match(
      the(examined, 'tls.time').says,
      /^The certificate is valid from .* GMT to .* GMT$/,
    );
    assert.is(examined.code, 1);
  }),
);

withOpenssl('a collector that wants a certificate of its clients is told as such', () =>
  withServer(server('server', { ca: 'ca', requestCert: true }), async port => {
    const examined = await examine([], { env: { ...endpoint(port), ...trusted } });

    const { says, todo } = the(examined, 'tls.client');
    assert.is(says, 'The collector wants a certificate of its clients');
    assert.match(todo!, 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE');
    assert.is(examined.code, 1);
  }),
);

withOpenssl('TLS that is switched off is a warning', () =>
  withServer(server('server'), async port => {
    const env = { ...endpoint(port), NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };

    const examined = await examine([], { env });

    assert.match(the(examined, 'tls.unchecked').says, 'NODE_TLS_REJECT_UNAUTHORIZED=0');
    assert.is(examined.code, 0);
  }),
);

test('https:// at a port of plain HTTP is told as such', () =>
  withServer(answering(200), async port => {
    const examined = await examine([], { env: endpoint(port) });

    assert.is(the(examined, 'tls').says, 'The port does not speak TLS');
    assert.is(examined.code, 1);
  }));

withOpenssl('http:// at a port of TLS is told as such', () =>
  withServer(server('server'), async port => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };

    const examined = await examine(['--timeout-ms', '2000'], { env });

    assert.match(the(examined, 'http').todo!, 'Try https:// in the endpoint');
    assert.is(examined.code, 1);
  }),
);

function endpoint(port: number): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: `https://127.0.0.1:${port}` };
}

function server(name: string, { ca, ...asked }: { ca?: string; requestCert?: boolean } = {}) {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const own = { key: read(`${name}.key`), cert: read(`${name}.pem`) };
  return answeringTls({ ...own, ...asked, ...(ca && { ca: read(`${ca}.pem`) }) });
}

function makeCertificates(): void {
  openssl(
    'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /O=Test\\ CA -keyout ca.key -out ca.pem',
  );
  for (const [name, names] of [
    ['server', 'IP:127.0.0.1'],
    ['elsewhere', 'DNS:collector.example'],
    ['expired', 'IP:127.0.0.1'],
  ] as const) {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
    openssl(`req -newkey rsa:2048 -nodes -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`);
    const days = name === 'expired' ? -1 : 2;
    openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days ${days} -extfile ${name}.ext -out ${name}.pem`,
    );
  }
}

function openssl(line: string): void {
  const args = line.split(/(?<!\\) /).map(arg => arg.replace('\\', ''));
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
}

test.run();
