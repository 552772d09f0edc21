/** Lets a thread of a test run the sources as they are; what is built needs none of this. tsx by itself serves main threads only. */
import { register } from 'tsx/esm/api';

register();
