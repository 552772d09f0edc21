import { ApiProblem } from '../../api/problem';
import { OutagePage } from '../../app/OutagePage';
import { SkeletonStage } from '../../app/Skeleton';
import { PagesEnd } from '../../pages/PagesEnd';
import { Waiting } from '../../pages/Waiting';
import { ProblemPage } from '../../ui/Page';
import '../../pages/pages.css';
import { Specimen } from './Specimen';

const nothing = (): void => undefined;
const problem = (status: number, code: string, more: object = {}): ApiProblem =>
  new ApiProblem({ status, code, detail: 'This is what the server said of it.', requestId: 'b1f3a0c2-77', ...more });

/** Made when they are shown: their words are of the language that is spoken then. */
const problems = (): Record<string, ApiProblem> => ({
  'not allowed': problem(403, 'forbidden'),
  'not there': problem(404, 'not_found'),
  'in the bin': problem(404, 'layout_binned', { binned: { at: '2026-01-05T08:30:00Z', mayRestore: true } }),
  failed: problem(500, 'internal_error'),
});

export function Pages() {
  const away = problem(502, 'upstream_unavailable');
  return (
    <section>
      <h2>Pages</h2>
      <div className="gallery-grid">
        <Specimen of="outage: silent">
          <OutagePage outage={{ problem: null, asking: true, askNow: nothing }} />
        </Specimen>
        <Specimen of="outage: out of reach">
          <OutagePage outage={{ problem: away, asking: false, askNow: nothing }} />
        </Specimen>
        <Specimen of="outage: trouble, asking">
          <OutagePage outage={{ problem: problem(500, 'internal_error'), asking: true, askNow: nothing }} />
        </Specimen>
        {Object.entries(problems()).map(([name, one]) => (
          <Specimen key={name} of={`problem: ${name}`}>
            <ProblemPage problem={one} retry={nothing} />
          </Specimen>
        ))}
        <Specimen of="skeleton">
          <div className="gallery-stage">
            <SkeletonStage />
          </div>
        </Specimen>
        <Specimen of="waiting: at first, for long, failed">
          <Waiting of={{ value: null, problem: null, slow: false, ask: nothing }} lines={2} what="The list of people" />
          <Waiting of={{ value: null, problem: null, slow: true, ask: nothing }} lines={2} what="The list of people" />
          <Waiting of={{ value: null, problem: away, slow: false, ask: nothing }} lines={2} what="The list of people" />
        </Specimen>
        <Specimen of="end of a list: empty, more, failed">
          <PagesEnd of={{ items: [], state: 'found', problem: null, more: null, again: nothing }} what="The list" nothing="Nobody." />
          <PagesEnd of={{ items: [1], state: 'found', problem: null, more: nothing, again: nothing }} what="The list" nothing="Nobody." />
          <PagesEnd of={{ items: [1], state: 'found', problem: away, more: null, again: nothing }} what="The list" nothing="Nobody." />
        </Specimen>
      </div>
    </section>
  );
}
