import { useMemo, useState } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { CopyButton } from './copy-button.js';
import { stackOf } from './exception.js';
import { LongText } from './field-tree.js';
import { withoutStack } from './stack-lines.js';

/** What was logged. A stack in it is left to the section below, which shows it better. */
export function Message({ record: { body, attributes } }: { record: ViewedRecord }) {
  const [isPrinted, setPrinted] = useState(false);
  const stack = stackOf(attributes);
  const { text, lineCount } = useMemo(() => withoutStack(body, stack), [body, stack]);
  return (
    <section class="text" aria-label="Message">
      <CopyButton text={() => body} label="Copy the message" />
      <pre>
        <LongText text={isPrinted ? body : text} />
      </pre>
      {!isPrinted && lineCount > 0 && (
        <button type="button" class="more" onClick={() => setPrinted(true)}>
          As printed, with {lineCount} {lineCount === 1 ? 'line' : 'lines'} of the stack
        </button>
      )}
    </section>
  );
}
