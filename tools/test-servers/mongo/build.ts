import { buildJava } from '../java/build';

/** What the Java class path is for a built TestMongo; throws with a text for people where it cannot be built. */
export const buildTestMongo = (): Promise<string> =>
  buildJava({ name: 'test-mongo', folder: import.meta.dirname, source: 'TestMongo.java' });
