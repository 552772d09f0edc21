import type { Layout } from '@datamesh/contracts';
import { useRef } from 'react';
import { useAnswer } from '../../ui/use-answer';
import { useSeen } from '../../ui/use-seen';
import { LayoutPicture } from '../LayoutPicture';

interface RevisionPictureProps {
  read(revision: number): Promise<Layout>;
  revision: number;
}

/** Drawn once it comes near the screen. Where it cannot be read the frame stays empty: the words beside it say what it is. */
export function RevisionPicture({ read, revision }: RevisionPictureProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const seen = useSeen(frame, '100px');
  const { answer: layout } = useAnswer(seen ? String(revision) : null, () => read(revision));
  return (
    <span ref={frame} className="revision-picture">
      {layout ? <LayoutPicture tree={layout.tree} /> : null}
    </span>
  );
}
