import { ApiProblem } from '../api/problem';
import { readAccess, share } from '../layouts/sharing/access-calls';
import { openTo } from '../layouts/sharing/grants';

/** Whoever may not edit a layout is not told who sees it. */
export async function mayShareWithDepartments(layout: string): Promise<boolean> {
  try {
    const { mayShare, rules } = await readAccess(layout);
    return mayShare && rules.department;
  } catch (cause) {
    if (cause instanceof ApiProblem && cause.status === 403) return false;
    throw cause;
  }
}

/** The people of the department see it as well, and nobody sees less of it. */
export const shareWithDepartment = (layout: string, department: string): Promise<void> => share(layout, openTo(department));
