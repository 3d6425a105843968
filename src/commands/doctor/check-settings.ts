import { accessSync, constants } from 'node:fs';
import { severityText } from '../../severity.js';
import { type Finding, failure, ok, warning } from './finding.js';
import type { Surroundings } from './surroundings.js';

const EXAMPLE = 'http://collector:4318';

/** What the environment says, as the preload understands it. */
export function checkSettings(surroundings: Surroundings): Finding[] {
  const { config, problems } = surroundings;
  const findings = [
    ...disabled(surroundings),
    ...problems.map(problem => problemOf(problem, config.corrections)),
    ...level(surroundings),
    ...rules(surroundings),
  ];
  return findings.length > 0 ? findings : [ok('settings', 'Every setting is understood')];
}

function disabled({ isDisabled, env }: Surroundings): Finding[] {
  if (!isDisabled) return [];
  const isSdk = env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  const says = isSdk ? 'OTEL_SDK_DISABLED=true' : `OTEL_LOGS_EXPORTER=${env.OTEL_LOGS_EXPORTER}`;
  return [
    failure('settings.disabled', `${says} switches the preload off`, {
      means: 'Nothing is loaded, and no record is made.',
      todo: `Unset ${says.split('=')[0]}.`,
    }),
  ];
}

function problemOf(problem: string, corrections: Readonly<Record<string, string>>): Finding {
  const [name = ''] = /^[A-Z][A-Z\d_]*/.exec(problem) ?? [];
  const isUnusable = name.endsWith('_ENDPOINT') && corrections[name] === '';
  const says = problem.replace(/\.$/, '');
  const todo = name === '' ? {} : { todo: `Correct ${name} where it is set.` };
  if (isUnusable) {
    const example = name.includes('LOGS') ? `${EXAMPLE}/v1/logs` : EXAMPLE;
    return failure('settings.endpoint', says, {
      means: 'Records do not go where they were meant to.',
      todo: `Set ${name} to an address like ${example}.`,
    });
  }
  if (/_PROTOCOL$/.test(name)) {
    return warning('settings.protocol', says, {
      means:
        'Only OTLP over HTTP in protobuf is spoken: grpc has another port (4317), http has 4318.',
      ...todo,
    });
  }
  return warning('settings', says, todo);
}

function level({ config: { minimumSeverity } }: Surroundings): Finding[] {
  if (minimumSeverity === 0) return [];
  return [ok('settings.level', `Records below ${severityText(minimumSeverity)} are not sent`)];
}

function rules({ config }: Surroundings): Finding[] {
  const path = config.rules?.path;
  if (path === undefined) return [];
  try {
    accessSync(path, constants.R_OK);
    return [ok('settings.rules', `Rules of ${path}`)];
  } catch {
    return [
      warning('settings.rules', `The rules of ${path} cannot be read`, {
        means: 'Records go out as if there were none.',
        todo: 'Correct OTEL_REGISTER_RULES, or the permissions of the file.',
      }),
    ];
  }
}
