import type { sharedLibraries } from '@datamesh/contracts/shared-libraries';
import * as React from 'react';
import * as ReactJsx from 'react/jsx-runtime';
import * as ReactDom from 'react-dom';
import * as ReactDomClient from 'react-dom/client';
import { rendersInto } from './scoped-creation';

/** The dashboard's own React, which knows of each root that a widget renders into. */
export const sharedModules: Record<keyof typeof sharedLibraries, unknown> = {
  react: React,
  'react/jsx-runtime': ReactJsx,
  'react-dom': { ...ReactDom, createPortal: knowing(ReactDom.createPortal, 1) },
  'react-dom/client': {
    ...ReactDomClient,
    createRoot: knowing(ReactDomClient.createRoot, 0),
    hydrateRoot: knowing(ReactDomClient.hydrateRoot, 0),
  },
};

/** `at`: which of its arguments is the container. */
function knowing<A extends unknown[], R>(render: (...given: A) => R, at: number): (...given: A) => R {
  return (...given) => {
    rendersInto(given[at]);
    return render(...given);
  };
}
