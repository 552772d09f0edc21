import { useSyncExternalStore } from 'react';
import type { Store } from './store';

export const useStore = <T extends object>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.getSnapshot);
