import { useEffect, useState } from 'preact/hooks';
import type { CallSite } from '../api.js';
import { count } from './format.js';
import type { Question } from './question.js';
import { fetchCallSites } from './requests.js';
import { ShownText } from './shown-text.js';

const REFRESH_MS = 3000;

interface CallSitesProps {
  readonly question: Question;
  readonly onChoose: (site: CallSite) => void;
}

/** What logs most, and from where: the first thing to look at when there is too much. */
export function CallSites({ question, onChoose }: CallSitesProps) {
  const { sites, trouble } = useCallSites(question);
  const most = sites?.[0]?.count ?? 1;
  const total = sites?.reduce((sum, site) => sum + site.count, 0) ?? 0;
  return (
    <section class="sites" aria-label="Call sites">
      {trouble !== null && <p class="trouble">{trouble}</p>}
      <div class="scroll">
        <div class="site header" aria-hidden="true">
          <span>Records</span>
          <span>Share</span>
          <span>Level</span>
          <span>Message</span>
          <span>Where</span>
        </div>
        <ol>
          {sites?.map(site => (
            <li key={site.sampleId}>
              <button
                type="button"
                class={`site ${site.severityText.toLowerCase()}`}
                title="Show these records"
                onClick={() => onChoose(site)}
              >
                <Site site={site} most={most} total={total} />
              </button>
            </li>
          ))}
        </ol>
        {sites?.length === 0 && <p class="note">No record matches.</p>}
      </div>
    </section>
  );
}

function Site({ site, most, total }: { site: CallSite; most: number; total: number }) {
  const share = (site.count / Math.max(1, total)) * 100;
  return (
    <>
      <span class="number">{count(site.count)}</span>
      <span class="share">
        <span class="meter">
          <i style={{ width: `${(site.count / most) * 100}%` }} />
        </span>
        {share < 0.1 ? '<0.1' : share.toFixed(1)}%
      </span>
      <span class="level">{site.severityText || '–'}</span>
      <span class="message">
        <ShownText text={site.pattern.slice(0, 400)} />
      </span>
      <span class="where">
        <Where site={site} />
      </span>
    </>
  );
}

function Where({ site: { file, line, functionName } }: { site: CallSite }) {
  if (file === null) return <span class="absent">not known</span>;
  return (
    <>
      {functionName !== null && (
        <span class="function">
          <ShownText text={functionName} />
        </span>
      )}
      <ShownText text={line === null ? file : `${file}:${line}`} />
    </>
  );
}

function useCallSites(question: Question): { sites: CallSite[] | null; trouble: string | null } {
  const [sites, setSites] = useState<CallSite[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    const load = () =>
      fetchCallSites(question.now()).then(
        found => {
          if (!isWanted) return;
          setSites(found);
          setTrouble(null);
        },
        error => isWanted && setTrouble(`The call sites could not be read: ${error.message}`),
      );
    void load();
    const timer = setInterval(load, REFRESH_MS);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [question.key]);
  return { sites, trouble };
}
