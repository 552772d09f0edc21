import { sharedLibraries } from '@datamesh/contracts/shared-libraries';
import { version as react } from 'react';
import { version as dom } from 'react-dom';
import { expect, it } from 'vitest';

it('offers widgets the versions that publishing compares with: after an update, change packages/contracts/src/shared-libraries.ts', () => {
  expect(sharedLibraries).toEqual({ react, 'react/jsx-runtime': react, 'react-dom': dom, 'react-dom/client': dom });
});
