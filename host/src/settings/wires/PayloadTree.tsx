import { Tree, TreeItem, TreeItemContent } from 'react-aria-components/Tree';
import type { PayloadNode } from './payload';

interface PayloadTreeProps {
  label: string;
  nodes: readonly PayloadNode[];
  chosen: string;
  choose(path: string): void;
}

/** What a panel said last; one value of it is chosen. Everything is open: there is little in most. */
export function PayloadTree({ label, nodes, chosen, choose }: PayloadTreeProps) {
  const all = flat(nodes);
  return (
    <Tree
      className="wire-tree"
      aria-label={label}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={all.some(({ path }) => path === chosen) ? [chosen] : []}
      onSelectionChange={(keys) => {
        const [path] = keys === 'all' ? [] : [...keys];
        if (path !== undefined) choose(String(path));
      }}
      expandedKeys={all.map(({ path }) => path)}
      disabledKeys={all.filter(({ takeable }) => !takeable).map(({ path }) => path)}
    >
      {nodes.map(itemOf)}
    </Tree>
  );
}

const itemOf = ({ path, name, shown, within }: PayloadNode) => (
  <TreeItem key={path} id={path} textValue={`${name} ${shown}`} className="wire-value">
    <TreeItemContent>
      {({ level }) => (
        <span className="wire-line" style={{ paddingInlineStart: `${(level - 1) * 14}px` }}>
          <span className="wire-name">{name}</span> <span className="wire-shown">{shown}</span>
        </span>
      )}
    </TreeItemContent>
    {within.map(itemOf)}
  </TreeItem>
);

const flat = (nodes: readonly PayloadNode[]): PayloadNode[] => nodes.flatMap((node) => [node, ...flat(node.within)]);
