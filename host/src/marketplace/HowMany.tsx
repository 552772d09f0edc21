import { i18n } from '../language/i18n';

/** Of one widget at once; more is nothing that anybody means. */
const MAX_COUNT = 20;

export const countOf = (text: string): number => Math.min(MAX_COUNT, Math.max(1, Math.round(Number(text)) || 1));

export function HowMany({ count, choose }: { count: number; choose(count: number): void }) {
  return (
    <label className="how-many">
      {i18n.t('How many')}{' '}
      <input
        className="input"
        type="number"
        min={1}
        max={MAX_COUNT}
        defaultValue={count}
        onChange={({ target }) => choose(countOf(target.value))}
        onBlur={({ target }) => {
          target.value = String(countOf(target.value));
        }}
      />
    </label>
  );
}
