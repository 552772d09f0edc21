/** Told by shape and words, not by colour alone. */
export function DirtyMark() {
  return (
    <span className="dirty" title="Unsaved changes">
      <span className="hidden-text"> (unsaved changes)</span>
    </span>
  );
}
