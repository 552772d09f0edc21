export { type FakeHost, type FakeHostOptions, fakeHost } from './fake-host';
