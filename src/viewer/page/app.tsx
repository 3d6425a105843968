import { useRef, useState } from 'preact/hooks';
import { commandsOf } from './commands.js';
import { useKeyboard } from './keyboard.js';
import { Layout } from './layout.js';
import type { DialogName } from './open-dialog.js';
import { questionOf } from './question.js';
import { stepsFrom } from './steps.js';
import { useTheme } from './theme.js';
import { useOverview } from './use-overview.js';
import { useSelection } from './use-selection.js';
import { useTail } from './use-tail.js';
import { useView } from './use-view.js';

export function App() {
  const [view, go] = useView();
  const theme = useTheme();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const question = questionOf(view);
  const tail = useTail(view, question);
  const standpoint = { view, go, tail };
  const selection = useSelection(standpoint);
  const overview = useOverview(question);
  const steps = stepsFrom(standpoint);
  useKeyboard(
    commandsOf({ view, tail, selection, steps, filterInput, onHelp: () => setDialog('help') }),
  );
  return (
    <Layout
      {...{ ...standpoint, question, selection, steps, overview, theme, filterInput }}
      {...{ dialog, setDialog }}
    />
  );
}
