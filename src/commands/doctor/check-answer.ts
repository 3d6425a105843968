import { type Answer, ask } from './ask.js';
import type { Destination } from './destination.js';
import { type Finding, failure, ok, warning } from './finding.js';
import { withoutSecrets } from './masked.js';
import { type Probe, probe } from './probe.js';
import { isHttp2, meaningOf } from './refusals.js';
import type { Surroundings } from './surroundings.js';

const VOICE = 'otel-register: ';

/** Sends one record by the real way. Where it does not arrive, the collector is asked why. */
export async function checkAnswer(
  surroundings: Surroundings,
  to: Destination,
): Promise<readonly Finding[]> {
  const { result, said } = await probe(surroundings);
  const clean = said.map(line => withoutSecrets(line, to.headers));
  if (result === undefined) return [notStarted(clean)];
  if (result.isDelivered && !clean.some(isRejection)) {
    const says = `A record went through a program, and was accepted after ${result.tookMs} ms`;
    return [ok('probe', says), ...noticed(clean)];
  }
  return [
    explain(await ask(to, surroundings.timeoutMs), { result, said: clean }, to, surroundings),
  ];
}

// What is refused for good is no longer waited for: delivered, as far as the program is concerned.
function isRejection(line: string): boolean {
  return / were dropped /.test(line);
}

function rejected(said: readonly string[]): Finding {
  return failure('probe.rejected', 'The collector took the request, and rejected the record', {
    means: own(said.find(isRejection)!),
    todo: 'Look at what the collector logs about it.',
  });
}

function notStarted(said: readonly string[]): Finding {
  const why = said.find(line => /Error|rror:/.test(line)) ?? said[0] ?? 'it said nothing';
  return failure('probe.start', 'A program with the preload could not be started', {
    means: own(why),
    todo: 'Correct NODE_OPTIONS, or what it says.',
  });
}

// Settings were spoken of above.
function noticed(said: readonly string[]): Finding[] {
  const others = said.filter(line => line.startsWith(VOICE) && !/^otel-register: OTEL_/.test(line));
  return others.map(line => warning('probe.said', own(line)));
}

function own(line: string): string {
  return line.replace(VOICE, '').replace(/\.$/, '');
}

function explain(
  { status, location, text, error }: Answer,
  { said }: Probe,
  to: Destination,
  { timeoutMs }: Surroundings,
): Finding {
  if (error !== undefined) return noAnswer(error, to, timeoutMs);
  const isSuccess = status! >= 200 && status! < 300;
  if (isSuccess && said.some(isRejection)) return rejected(said);
  if (isSuccess) {
    return failure('probe.lost', `HTTP ${status} without a record, and none with one`, {
      means: own(said.at(-1) ?? `The record was not accepted within ${timeoutMs} ms.`),
      todo: 'Run it again with a longer --timeout-ms, and look at what the collector logs.',
    });
  }
  const meaning = meaningOf(status!, to, location);
  const words = text === undefined ? '' : ` It says: ${text}`;
  return failure('http', `The collector answers HTTP ${status}`, {
    means: `${meaning.means}${words}`,
    todo: meaning.todo,
  });
}

function noAnswer(error: NodeJS.ErrnoException, to: Destination, timeoutMs: number): Finding {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return failure('http.timeout', `The collector takes the request, and says nothing`, {
      means: `No answer within ${timeoutMs} ms: records are kept, and tried again.`,
      todo: 'Look at the collector, or at the proxy before it: it is stuck or overloaded.',
    });
  }
  if (isHttp2(error)) {
    return failure('http.grpc', 'The port speaks HTTP/2 alone, as gRPC does', {
      means: `${to.host}:${to.port} does not understand OTLP over HTTP.`,
      todo: "Use the collector's port for OTLP over HTTP, usually 4318.",
    });
  }
  return failure('http', `The collector hangs up (${error.code ?? error.message})`, {
    means: 'It closes the connection before it answers; a port of TLS does, when asked by http://.',
    todo: 'Try https:// in the endpoint, and look at what listens on that port.',
  });
}
