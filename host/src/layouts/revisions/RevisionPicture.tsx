import type { Layout } from '@datamesh/contracts';
import { useEffect, useRef, useState } from 'react';
import { useSeen } from '../../shell/useSeen';
import { LayoutPicture } from '../LayoutPicture';

interface RevisionPictureProps {
  read(revision: number): Promise<Layout>;
  revision: number;
}

/** Drawn once it comes near the screen. Where it cannot be read the frame stays empty: the words beside it say what it is. */
export function RevisionPicture({ read, revision }: RevisionPictureProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const seen = useSeen(frame, '100px');
  const [layout, setLayout] = useState<Layout | null>(null);
  useEffect(() => {
    let over = false;
    if (seen)
      read(revision).then(
        (found) => over || setLayout(found),
        () => undefined,
      );
    return () => {
      over = true;
    };
  }, [read, revision, seen]);
  return (
    <span ref={frame} className="revision-picture">
      {layout ? <LayoutPicture tree={layout.tree} /> : null}
    </span>
  );
}
