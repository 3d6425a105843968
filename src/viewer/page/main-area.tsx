import type { Status } from '../api.js';
import { CallSites } from './call-sites.js';
import { Detail } from './detail.js';
import type { Question } from './question.js';
import { Records } from './records.js';
import type { Standpoint, Steps } from './steps.js';
import { TraceView } from './trace-view.js';
import type { Selection } from './use-selection.js';

interface MainAreaProps extends Standpoint {
  readonly question: Question;
  readonly selection: Selection;
  readonly steps: Steps;
  readonly status: Status | null;
}

/** A list of one of three kinds, and beside it the record that is open. */
export function MainArea(props: MainAreaProps) {
  const { view, selection, steps } = props;
  const { recordId } = view;
  return (
    <main class={recordId === null ? '' : 'with-detail'}>
      <Listing {...props} />
      {recordId !== null && (
        <Detail
          id={recordId}
          listed={selection.find(recordId)}
          onAsk={steps.ask}
          onTrace={steps.toTrace}
          onClose={steps.closeRecord}
        />
      )}
    </main>
  );
}

function Listing({ view, go, tail, question, selection, steps, status }: MainAreaProps) {
  const { traceId, page } = view;
  if (traceId !== null) {
    return (
      <TraceView
        traceId={traceId}
        selectedId={selection.id}
        onSelect={selection.open}
        onRows={selection.listTrace}
        onClose={steps.closeTrace}
      />
    );
  }
  if (page === 'call-sites') return <CallSites question={question} onChoose={steps.toCallSite} />;
  return (
    <Records {...{ tail, view, go, status }} selectedId={selection.id} onSelect={selection.open} />
  );
}
