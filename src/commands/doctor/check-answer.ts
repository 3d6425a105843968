import { type Answer, ask } from './ask.js';
import type { Destination } from './destination.js';
import { type Finding, failure, ok, warning } from './finding.js';
import { withoutSecrets } from './masked.js';
import { noAnswer } from './no-answer.js';
import { type Probe, probe } from './probe.js';
import { meaningOf } from './refusals.js';
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
  const answer = await ask(to, surroundings.timeoutMs);
  if (result.isDelivered && !clean.some(isRejection)) {
    if (answer.isPage) return [page(answer)];
    const says = `A record went through a program, and was accepted after ${result.tookMs} ms`;
    return [ok('probe', says), ...noticed(clean)];
  }
  return [explain(answer, { result, said: clean }, to, surroundings)];
}

// A web server says 200 to anything, and to whoever sends records it is as good as a collector.
function page({ status, text }: Answer): Finding {
  const words = text === undefined ? '' : ` It says: ${text}`;
  return failure('probe.page', `A web page answers there (HTTP ${status}), and no collector`, {
    means: `Records are taken, and go nowhere.${words}`,
    todo: 'Correct host, port and path of the endpoint: OTLP over HTTP is usually on port 4318.',
  });
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
  { timeoutMs, env }: Surroundings,
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
  const meaning = meaningOf(status!, to, { location, env });
  const words = text === undefined ? '' : ` It says: ${text}`;
  return failure('http', `The collector answers HTTP ${status}`, {
    means: `${meaning.means}${words}`,
    todo: meaning.todo,
  });
}
