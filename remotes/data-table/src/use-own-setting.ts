import { useWidget } from '@datamesh/widget-sdk/react';
import { useEffect, useState } from 'react';

/** A setting that the reader changes in the widget itself: shown at once, written a moment later, then the layout's word counts again. */
export function useOwnSetting<T>(key: string, current: T): [T, (next: T) => void] {
  const { widget, settings } = useWidget();
  const [own, setOwn] = useState<{ value: T } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what arrives replaces what was chosen here
  useEffect(() => {
    if (!widget.settingsPending) setOwn(null);
  }, [settings, widget]);
  const change = (value: T): void => {
    setOwn({ value });
    widget.changeSettings({ [key]: value });
  };
  return [own ? own.value : current, change];
}
