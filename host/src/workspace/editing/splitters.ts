import { follow, isDragPress } from './gesture';

export interface SplitterActions {
  /** Pixels of the two neighbours of a splitter, along the direction in which they share. */
  lengths(splitter: HTMLElement): [number, number] | undefined;
  /** Shows the neighbours with the first at this share of both (0 to 1). Called for every move. */
  show(splitter: HTMLElement, position: number): void;
  /** As shown last. */
  keep(splitter: HTMLElement, position: number): void;
  /** All sizes as they were. */
  takeBack(): void;
}

/** Resizes while the pointer moves. golden-layout's own splitters only do so when they are let go, and never let go of a lost pointer. */
export function dragSplitters(
  root: HTMLElement,
  signal: AbortSignal,
  smallest: { width: number; height: number },
  actions: SplitterActions,
): { cancel(): void } {
  let end = (): void => undefined;
  root.addEventListener(
    'pointerdown',
    (down) => {
      const splitter = (down.target as Element).closest<HTMLElement>('.lm_splitter');
      // What stands on it is pressed, not dragged.
      if (!splitter || (down.target as Element).closest('button')) return;
      // Neither golden-layout nor the selection of text may hear of it.
      down.stopPropagation();
      down.preventDefault();
      const lengths = isDragPress(down) ? actions.lengths(splitter) : undefined;
      if (!lengths) return;
      const vertical = splitter.classList.contains('lm_vertical');
      const least = vertical ? smallest.height : smallest.width;
      const [before, after] = lengths;
      let position = before / (before + after);
      document.body.classList.add('dm-resizing');
      splitter.classList.add('dm-held');
      const clear = (): void => {
        document.body.classList.remove('dm-resizing');
        splitter.classList.remove('dm-held');
      };
      end = follow(down, {
        move(event) {
          const by = vertical ? event.clientY - down.clientY : event.clientX - down.clientX;
          // Nothing gets smaller than the least, and what is smaller already stays.
          const moved = Math.min(Math.max(by, Math.min(0, least - before)), Math.max(0, after - least));
          position = (before + moved) / (before + after);
          actions.show(splitter, position);
        },
        drop() {
          clear();
          if (position !== before / (before + after)) actions.keep(splitter, position);
        },
        cancel() {
          clear();
          actions.takeBack();
        },
      });
    },
    { capture: true, signal },
  );
  return { cancel: () => end() };
}
