import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { i18n } from '../language/i18n';

const ALL = 'all';

interface CategoryChipsProps {
  categories: readonly string[];
  category: string | null;
  choose(category: string | null): void;
  waiting: boolean;
}

export function CategoryChips({ categories, category, choose, waiting }: CategoryChipsProps) {
  if (categories.length === 0)
    return (
      <div className="chips" aria-hidden="true">
        {waiting ? <span className="chip chip-waiting" /> : null}
      </div>
    );
  return (
    <ToggleButtonGroup
      className="chips"
      aria-label={i18n.t('Category')}
      disallowEmptySelection
      selectedKeys={[category ?? ALL]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        choose(chosen === undefined || chosen === ALL ? null : String(chosen));
      }}
    >
      <ToggleButton id={ALL} className="chip">
        {i18n.t('All')}
      </ToggleButton>
      {categories.map((name) => (
        <ToggleButton key={name} id={name} className="chip">
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
