import type { Desk } from '../desk';

/** Over a page that is laid out for paper, which is nothing to look at. */
export function PrintVeil({ desk }: { desk: Desk }) {
  return (
    <div className="print-veil">
      <p role="status">Making the pages ready…</p>
      <button type="button" className="button" onClick={() => desk.printing.end()}>
        Cancel
      </button>
    </div>
  );
}
