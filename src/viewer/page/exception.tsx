import type { ViewedRecord } from '../api.js';
import { CopyButton } from './copy-button.js';
import { cut, plainText } from './key-fields.js';
import { ShownText } from './shown-text.js';
import { stackLines } from './stack-lines.js';

const MAX_STACK_LENGTH = 60_000;

export function hasException({ attributes }: ViewedRecord): boolean {
  return Object.hasOwn(attributes, 'exception.type') || stackOf(attributes) !== '';
}

/** Where it was thrown, with the frames of the application standing out from those of others. */
export function Exception({ record: { attributes } }: { record: ViewedRecord }) {
  const type = textOf(attributes, 'exception.type');
  const message = textOf(attributes, 'exception.message');
  const stack = stackOf(attributes);
  return (
    <section aria-label="Exception">
      <h3>
        Exception
        <CopyButton text={() => stack || `${type}: ${message}`} label="Copy the stack" />
      </h3>
      <p class="thrown">
        <b>
          <ShownText text={cut(type, 200)} />
        </b>{' '}
        <ShownText text={cut(message, 2000)} keepLines />
      </p>
      {stack !== '' && (
        <ol class="stack">
          {stackLines(cut(unsaid(stack, `${type}: ${message}`), MAX_STACK_LENGTH)).map(
            ({ text, kind }, index) => (
              <li class={kind} key={index}>
                <ShownText text={text} />
              </li>
            ),
          )}
        </ol>
      )}
    </section>
  );
}

// How a stack begins is what stands above it already.
function unsaid(stack: string, said: string): string {
  return stack.startsWith(`${said}\n`) ? stack.slice(said.length + 1) : stack;
}

export function stackOf(attributes: ViewedRecord['attributes']): string {
  return textOf(attributes, 'exception.stacktrace');
}

function textOf(attributes: ViewedRecord['attributes'], key: string): string {
  return Object.hasOwn(attributes, key) ? plainText(attributes[key]!) : '';
}
