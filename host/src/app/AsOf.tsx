import { i18n } from '../language/i18n';
import { rich } from '../language/rich';
import { exactly, timeOfDay } from '../ui/times';

/** Of when what is shown is. `at`: ISO 8601; `now`: milliseconds. */
export function AsOf({ at, now }: { at: string; now: number }) {
  return rich((slots) => i18n.t('as of {when}', slots), {
    when: (
      <time dateTime={at} title={exactly(at)}>
        {timeOfDay(at, now)}
      </time>
    ),
  });
}
