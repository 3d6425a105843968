import { inspect } from 'node:util';

// Nothing here was ever a key. Prefixes are put together from parts, so that nobody who scans
// repositories for secrets finds any.

/** Text, and what is left of it. */
export type Positive = readonly [what: string, text: string, left: string];

const part = (...parts: readonly string[]): string => parts.join('');
const LETTERS = 'Zq7Rk2Xw9Lm4Tn8Vb3Yc6Pd1Sf5Gh0Jj';
export const random = (length: number): string => LETTERS.repeat(4).slice(0, length);
const COLOURED = { colors: true, breakLength: Number.POSITIVE_INFINITY };
const masked = (text: string): string => `[REDACTED:${text.slice(-4)}]`;

const jwt = part('ey', 'JhbGciOiJIUzI1NiJ9.', 'ey', `JzdWIiOiI0MiJ9.${random(43)}`);
const github = part('gh', 'p_', random(36));
const stripe = part('sk', '_live_', random(24));
const openAi = part('s', 'k-', random(48));
const pem = (label: string): string =>
  part('-----BEGIN ', label, `-----\n${random(64)}\n${random(40)}=\n-----END `, label, '-----');

export const TOKENS: readonly (readonly [what: string, token: string])[] = [
  ['JSON web token', jwt],
  ['JSON web token without signature', part('ey', 'JhbGciOiJub25lIn0.', 'ey', 'JzdWIiOiI0MiJ9.')],
  [
    'encrypted JSON web token',
    part('ey', `JhbGciOiJSU0EifQ.${random(40)}.${random(16)}.${random(20)}.${random(22)}`),
  ],
  ['AWS access key id', part('AK', 'IA', random(16).toUpperCase())],
  ['temporary AWS access key id', part('AS', 'IA', random(16).toUpperCase())],
  ['GitHub token', github],
  ['GitHub OAuth token', part('gh', 'o_', random(36))],
  ['GitHub server token', part('gh', 's_', random(36))],
  ['GitHub fine-grained token', part('github', '_pat_', random(22), '_', random(59))],
  ['GitLab token', part('glp', 'at-', random(20))],
  ['Slack bot token', part('xo', 'xb-123456789012-', random(24))],
  ['Slack user token', part('xo', 'xp-12-34-', random(32))],
  ['Slack app token', part('xa', 'pp-1-A0123-45-', random(32))],
  ['Stripe secret key', stripe],
  ['Stripe test key', part('sk', '_test_', random(24))],
  ['Stripe restricted key', part('rk', '_live_', random(24))],
  ['Stripe webhook secret', part('wh', 'sec_', random(32))],
  ['OpenAI key', openAi],
  ['OpenAI project key', part('s', 'k-proj-', random(20), '_', random(20), '-', random(8))],
  ['Anthropic key', part('s', 'k-ant-api03-', random(60), '-AA')],
  ['OpenRouter key', part('s', 'k-or-v1-', '0123456789abcdef'.repeat(4))],
  ['hexadecimal key', part('s', 'k-', '0123456789abcdef'.repeat(2))],
  ['Google key', part('AI', 'za', random(35))],
  ['npm token', part('np', 'm_', random(36))],
  ['Hugging Face token', part('h', 'f_', random(34))],
  ['Replicate token', part('r', '8_', random(37))],
  ['Groq key', part('gs', 'k_', random(52))],
  ['xAI key', part('xa', 'i-', random(80))],
  ['SendGrid key', part('S', 'G.', random(22), '.', random(43))],
];

const REST: readonly Positive[] = [
  ['bearer token', `sent Bearer ${random(24)} to it`, `sent Bearer ${masked(random(24))} to it`],
  ['bearer token in capitals', `BEARER ${random(40)}`, `BEARER ${masked(random(40))}`],
  ['short bearer token', `Bearer ${random(16)}`, 'Bearer [REDACTED]'],
  ['basic credentials', 'got Basic dXNlcjpodW50ZXIy from', 'got Basic [REDACTED] from'],
  ['private key', `key ${pem('PRIVATE KEY')} end`, 'key [REDACTED] end'],
  ['RSA key', pem('RSA PRIVATE KEY'), '[REDACTED]'],
  ['OpenSSH key', pem('OPENSSH PRIVATE KEY'), '[REDACTED]'],
  ['key in JSON', `{"k":${JSON.stringify(pem('EC PRIVATE KEY'))}}`, '{"k":"[REDACTED]"}'],
  ['key cut off', `a ${pem('PRIVATE KEY').slice(0, 70)}`, 'a [REDACTED]'],
  ['two keys', `${pem('PRIVATE KEY')}; ${pem('PRIVATE KEY')}`, '[REDACTED]; [REDACTED]'],
  [
    'password in a URL',
    'to postgres://app:hunter2@db:5432/x',
    'to postgres://app:[REDACTED]@db:5432/x',
  ],
  [
    'password in a URL without user',
    'redis://:hunter2@cache:6379',
    'redis://:[REDACTED]@cache:6379',
  ],
  ['password with an @', 'amqp://u:p@ss@mq/v', 'amqp://u:[REDACTED]@mq/v'],
  ['password with a slash', 'postgres://u:p/w+1@db/x', 'postgres://u:[REDACTED]@db/x'],
  ['two URLs', 'a://u:p@h b://v:q@i', 'a://u:[REDACTED]@h b://v:[REDACTED]@i'],
  [
    'Slack webhook',
    part('https://hooks.sla', `ck.com/services/T0/B0/${random(24)}`),
    part('https://hooks.sla', `ck.com/services/T0/B0/${masked(random(24))}`),
  ],
  [
    'Discord webhook',
    part('https://disc', `ord.com/api/webhooks/123/${random(60)}`),
    part('https://disc', `ord.com/api/webhooks/123/${masked(random(60))}`),
  ],
  ['Visa card', 'paid by 4111 1111 1111 1111 today', 'paid by [REDACTED] today'],
  ['card with dashes', '5555-5555-5555-4444', '[REDACTED]'],
  ['American Express card', 'amex 3782 822463 10005.', 'amex [REDACTED].'],
  ['Mastercard of the second series', '2223 0031 2200 3222', '[REDACTED]'],
  ['card with its expiry', '4242 4242 4242 4242 12/27', '[REDACTED] 12/27'],
  ['card under its name', 'card_number=4111111111111111', 'card_number=[REDACTED]'],
  ['card in JSON', '{"cardNumber":"4111111111111111"}', '{"cardNumber":"[REDACTED]"}'],
  [
    'assigned password',
    'login with password=hunter2 failed',
    'login with password=[REDACTED] failed',
  ],
  ['password with a mark at its end', 'password=Hunter2! x', 'password=[REDACTED] x'],
  ['value in backticks', '{ secret: `it\'s "x"`, n: 1 }', '{ secret: `[REDACTED]`, n: 1 }'],
  ['password of letters', 'password=hunter', 'password=[REDACTED]'],
  ['password of digits', 'pwd=123456', 'pwd=[REDACTED]'],
  ['named password', 'Password: hunter2', 'Password: [REDACTED]'],
  [
    'password of the environment',
    'DB_PASSWORD=hunter2 NODE_ENV=test',
    'DB_PASSWORD=[REDACTED] NODE_ENV=test',
  ],
  [
    'password as an argument',
    'mysql --password=hunter2 -h db',
    'mysql --password=[REDACTED] -h db',
  ],
  [
    'password of a connection string',
    'Server=db;Password=hunter2;Timeout=5',
    'Server=db;Password=[REDACTED];Timeout=5',
  ],
  ['key of a query', '/v1/x?api_key=abc&page=2', '/v1/x?api_key=[REDACTED]&page=2'],
  ['token of a query', '/cb?access_token=abc&state=1', '/cb?access_token=[REDACTED]&state=1'],
  ['signature of a URL', '/o?X-Amz-Signature=0badcafe&x=1', '/o?X-Amz-Signature=[REDACTED]&x=1'],
  ['key in JSON', '{"id":7,"api_key":"abc","n":1}', '{"id":7,"api_key":"[REDACTED]","n":1}'],
  [
    'key in spaced JSON',
    '{ "client_secret" : "a b\\"c", "n": 1 }',
    '{ "client_secret" : "[REDACTED]", "n": 1 }',
  ],
  [
    'key in JSON in JSON',
    '"{\\"token\\":\\"abc\\",\\"n\\":1}"',
    '"{\\"token\\":\\"[REDACTED]\\",\\"n\\":1}"',
  ],
  ['key of a printed object', "{ apiKey: 'abc', n: 1 }", "{ apiKey: '[REDACTED]', n: 1 }"],
  [
    'key of a printed map',
    "Map(1) { 'refresh_token' => 'abc' }",
    "Map(1) { 'refresh_token' => '[REDACTED]' }",
  ],
  [
    'list in a printed object',
    "'set-cookie': [ 'a=1', 'b=2' ],",
    "'set-cookie': [ '[REDACTED]', '[REDACTED]' ],",
  ],
  ['API key in words', 'API key: abc123', 'API key: [REDACTED]'],
  ['header', 'Authorization: Bearer abc123', 'Authorization: [REDACTED]'],
  [
    'header of another scheme',
    'authorization: Digest username="u", uri="/"',
    'authorization: [REDACTED]',
  ],
  ['header in JSON', '"Authorization":"Basic YTpi"', '"Authorization":"[REDACTED]"'],
  ['cookies', 'Cookie: sid=abc; theme=dark', 'Cookie: [REDACTED]'],
  ['x-api-key', 'x-api-key: 0a1b2c', 'x-api-key: [REDACTED]'],
  [
    'AWS secret',
    `aws_secret_access_key = ${random(20)}/${random(19)}`,
    'aws_secret_access_key = [REDACTED]',
  ],
  [
    'coloured object',
    inspect({ password: 'hunter2', 'set-cookie': ['a=1', 'b=2'], n: 1 }, COLOURED),
    inspect({ password: '[REDACTED]', 'set-cookie': ['[REDACTED]', '[REDACTED]'], n: 1 }, COLOURED),
  ],
  [
    'coloured map',
    inspect(new Map([['token', 'abc']]), { colors: true }),
    inspect(new Map([['token', '[REDACTED]']]), { colors: true }),
  ],
  ['coloured value', 'password=\x1b[31mhunter\x1b[39m x', 'password=\x1b[31m[REDACTED]\x1b[39m x'],
  ['value behind a coloured name', '\x1b[1mpwd:\x1b[22m hunter2', '\x1b[1mpwd:\x1b[22m [REDACTED]'],
  [
    'coloured header',
    'Authorization: \x1b[32mBearer abc123\x1b[39m',
    'Authorization: \x1b[32m[REDACTED]\x1b[39m',
  ],
  ['printed entry', "[ 'password', 'hunter2xyz!9' ]", "[ 'password', '[REDACTED]' ]"],
  [
    'coloured entry',
    inspect(['Cookie', 'sid=abc'], { colors: true }),
    inspect(['Cookie', '[REDACTED]'], { colors: true }),
  ],
  [
    'printed raw headers',
    "[\n  'Cookie',    'sid=abc; x',\n  'X-Api-Key', '0a1b',\n  'Accept',    '*/*'\n]",
    "[\n  'Cookie',    '[REDACTED]',\n  'X-Api-Key', '[REDACTED]',\n  'Accept',    '*/*'\n]",
  ],
  ['entry in JSON', '{"h":["Authorization","Basic YTpi"]}', '{"h":["Authorization","[REDACTED]"]}'],
  ['entry in JSON in JSON', '"[\\"token\\",\\"abc1\\"]"', '"[\\"token\\",\\"[REDACTED]\\"]"'],
  [
    'cookies by their names',
    "{ cookies: { sid: 'abc', 'x-y': { z: 'd e' }, n: 5 }, id: 'x' }",
    "{ cookies: { sid: '[REDACTED]', 'x-y': { z: '[REDACTED]' }, n: 5 }, id: 'x' }",
  ],
  [
    'cookies without a prototype',
    "cookies: [Object: null prototype] { sid: 'abc' }, b: 'c'",
    "cookies: [Object: null prototype] { sid: '[REDACTED]' }, b: 'c'",
  ],
  [
    'credentials of a class',
    "credentials: Login { user: 'ann', keys: [ 'abc', 1 ] } for 'ann'",
    "credentials: Login { user: '[REDACTED]', keys: [ '[REDACTED]', 1 ] } for 'ann'",
  ],
  [
    'cookies of a map',
    inspect({ cookies: new Map([['sid', 'abc']]), at: 'home' }, COLOURED),
    inspect({ cookies: new Map([['sid', '[REDACTED]']]), at: 'home' }, COLOURED),
  ],
  [
    'cookies in JSON',
    '{"cookies":{"sid":"a\\"b"},"path":"/x"}',
    '{"cookies":{"sid":"[REDACTED]"},"path":"/x"}',
  ],
  [
    'credentials in JSON in JSON',
    '"{\\"credentials\\":{\\"key\\":\\"abc\\"},\\"id\\":\\"x\\"}"',
    '"{\\"credentials\\":{\\"key\\":\\"[REDACTED]\\"},\\"id\\":\\"x\\"}"',
  ],
  [
    'lists in a list',
    "{ secrets: [ 'abc', [ 'd', [ 'e f' ] ], 7 ], id: [ 'x' ] }",
    "{ secrets: [ '[REDACTED]', [ '[REDACTED]', [ '[REDACTED]' ] ], 7 ], id: [ 'x' ] }",
  ],
  [
    'objects in a list, by their names',
    "secrets: [ 'abc', { name: 'db', password: 'xyz' } ]",
    "secrets: [ '[REDACTED]', { name: 'db', password: '[REDACTED]' } ]",
  ],
  [
    'cookies cut off',
    "cookies: { sid: 'abc', lang: 'd",
    "cookies: { sid: '[REDACTED]', lang: '[REDACTED]",
  ],
  [
    'arguments of a command',
    "[ 'mysql', '--password', 'hunter2', '-u', 'ann', '-token', 'abc1' ]",
    "[ 'mysql', '--password', '[REDACTED]', '-u', 'ann', '-token', '[REDACTED]' ]",
  ],
  ['password in capitals', 'DSN=x;UID=sa;PWD=hunter2;', 'DSN=x;UID=sa;PWD=[REDACTED];'],
  ['secret cut off', '{"password":"hunter', '{"password":"[REDACTED]'],
];

export const POSITIVES: readonly Positive[] = [
  ...TOKENS.flatMap(([what, token]): Positive[] => {
    const left = token.length < 20 ? '[REDACTED]' : masked(token);
    return [
      [what, `used ${token}, failed`, `used ${left}, failed`],
      [`${what} in JSON`, `{"v":"${token}"}`, `{"v":"${left}"}`],
    ];
  }),
  ...REST,
];
