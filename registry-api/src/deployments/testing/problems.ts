import { Problem } from '../../http/problem';

export const isProblem = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code;
