import { expect, it } from 'vitest';
import { checkFileTypes } from './check-files';
import type { Files } from './unpack';

const checked = (path: string) => () => checkFileTypes(new Map([[path, Buffer.alloc(0)]]) as Files);

it('says of WebAssembly why it is not accepted', () => {
  expect(checked('dist/codec.wasm')).toThrow(
    expect.objectContaining({
      code: 'file_type_refused',
      detail: expect.stringMatching(/^dist\/codec\.wasm is WebAssembly: .*wasm-unsafe-eval.*wasm2js/),
    }),
  );
});

it('says of any other type which are accepted', () => {
  expect(checked('dist/page.html')).toThrow(
    expect.objectContaining({ code: 'file_type_refused', detail: expect.stringContaining('.mjs .js') }),
  );
  expect(checked('dist/worker.js')).not.toThrow();
});
