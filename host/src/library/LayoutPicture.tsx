import type { LayoutNode } from '@datamesh/contracts';
import { arrange } from '@datamesh/layout';
import './picture.css';

const SIZE = { width: 160, height: 100 };
const GAP = 4;
/** Of the strip in which a stack's tabs stand. */
const TAB = 7;

interface LayoutPictureProps {
  tree: LayoutNode;
  /** Panels that stand out. */
  marked?: ReadonlySet<string>;
}

/** How a layout stands, small. Decoration: what is said beside it is said in words as well. */
export function LayoutPicture({ tree, marked }: LayoutPictureProps) {
  const { stacks } = arrange(tree, SIZE, { gap: GAP });
  return (
    <svg className="layout-picture" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true" focusable="false">
      {stacks.map(({ key, panels, active, rect: { x, y, width, height } }) => (
        <g key={key} data-marked={panels.some((panel) => marked?.has(panel)) || undefined}>
          <rect className="picture-stack" x={x} y={y} width={width} height={height} rx="3" />
          {panels.slice(0, 6).map((panel, index) => {
            const each = Math.min(26, (width - 4) / Math.min(6, panels.length));
            if (each < 4 || height < 2 * TAB) return null;
            return (
              <rect
                key={panel}
                className="picture-tab"
                data-front={index === active || undefined}
                x={x + 3 + index * each}
                y={y + 3}
                width={Math.max(2, each - 2)}
                height={TAB - 4}
                rx="1.5"
              />
            );
          })}
        </g>
      ))}
    </svg>
  );
}
