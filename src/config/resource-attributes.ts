import { parseResourceAttributes } from '../resource-detectors/environment.js';
import { quote, type Reading, text } from './values.js';

const NAME = 'OTEL_RESOURCE_ATTRIBUTES';

/** Reports the entries that the detector leaves out. */
export function checkResourceAttributes(reading: Reading): void {
  const value = text(reading, NAME);
  if (value === undefined) return;
  const { attributes, bad } = parseResourceAttributes(value);
  if (bad.length === 0) return;

  const what = bad.length === 1 ? 'an entry that is' : `${bad.length} entries that are`;
  const accepted = 'a percent-encoded key=value of up to 255 characters each';
  const used = Object.keys(attributes).length === 0 ? 'none' : 'the other entries';
  const fault = `has ${what} not ${accepted}: ${quote(bad.join(','))}`;
  reading.problems.set(NAME, `${NAME} ${fault}; using ${used}.`);
}
