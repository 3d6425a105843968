import type { RefObject } from 'preact';
import { FilterBar } from './filter-bar.js';
import { HistogramView } from './histogram.js';
import { MainArea } from './main-area.js';
import { type DialogName, OpenDialog } from './open-dialog.js';
import type { Question } from './question.js';
import { exportUrl } from './requests.js';
import type { Standpoint, Steps } from './steps.js';
import type { ThemeChoice } from './theme.js';
import { TopBar } from './top-bar.js';
import type { Overview } from './use-overview.js';
import type { Selection } from './use-selection.js';

interface LayoutProps extends Standpoint {
  readonly question: Question;
  readonly selection: Selection;
  readonly steps: Steps;
  readonly overview: Overview;
  readonly theme: ThemeChoice;
  readonly filterInput: RefObject<HTMLInputElement | null>;
  readonly dialog: DialogName | null;
  readonly setDialog: (name: DialogName | null) => void;
}

/** The page from its top to its bottom. */
export function Layout(props: LayoutProps) {
  const { view, tail, steps, overview, theme, setDialog } = props;
  const { facets, histogram, status } = overview;
  return (
    <>
      <TopBar
        {...{ view, tail, status }}
        theme={theme.chosen}
        exportUrl={exportUrl(props.question.now())}
        onPage={steps.toPage}
        onPause={() => tail.togglePause()}
        onClear={() => setDialog('clear')}
        onTheme={theme.next}
        onHelp={() => setDialog('help')}
      />
      <FilterBar
        {...{ ...view, facets }}
        input={props.filterInput}
        onFilter={steps.toFilter}
        onRange={steps.toRange}
      />
      {view.traceId === null && status?.recordCount !== 0 && (
        <HistogramView
          histogram={histogram}
          theme={theme.shown}
          onRange={(fromMs, toMs) => steps.toRange({ kind: 'between', fromMs, toMs })}
        />
      )}
      <MainArea {...props} status={status} />
      <OpenDialog
        name={props.dialog}
        overview={overview}
        onCleared={steps.toStart}
        onClose={() => setDialog(null)}
      />
    </>
  );
}
