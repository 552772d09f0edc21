import { useSyncExternalStore } from 'react';
import type { Store } from '../layouts/store';

export const useStore = <T extends object>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.getSnapshot);
