import { ERROR, type SeverityNumber } from '../severity.js';
import { choice, type Reading } from './values.js';

const SEVERITIES: Readonly<Record<'all' | 'error' | 'off', SeverityNumber>> = {
  all: 0,
  error: ERROR,
  off: Number.POSITIVE_INFINITY,
};

/** Which records say where they were logged. */
export function readCallSites(reading: Reading) {
  const callSites = choice(reading, 'OTEL_REGISTER_CALL_SITES', {
    values: ['all', 'error', 'off'],
    otherwise: 'error',
  });
  return { callSiteSeverity: SEVERITIES[callSites] };
}
