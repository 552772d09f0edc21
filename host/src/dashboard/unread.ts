import type { Entry } from './notifications/book';

/** How many of what somebody was told are new to them. */
export const unreadOf = (book: readonly Entry[]): number => book.filter(({ read }) => !read).length;
