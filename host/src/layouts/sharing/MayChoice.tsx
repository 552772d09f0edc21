import type { May } from './grants';

/** What somebody may do with a layout. */
export function MayChoice({ label, may, choose }: { label: string; may: May; choose(may: May): void }) {
  return (
    <select className="input" aria-label={label} value={may} onChange={({ target }) => choose(target.value as May)}>
      <option value="view">May view</option>
      <option value="edit">May edit</option>
    </select>
  );
}
