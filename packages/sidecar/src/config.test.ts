import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

const pod = { REGISTRY_URL: 'http://registry-api:4100', POD_UID: 'u', POD_NAME: 'n', POD_NAMESPACE: 'ns' };

describe('the sidecar’s settings', () => {
  it('are few, with what Kubernetes mounts as defaults', () => {
    expect(readConfig({ ...pod, KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' })).toEqual({
      registryUrl: 'http://registry-api:4100',
      channel: 'stable',
      widget: { kind: 'url', url: 'http://127.0.0.1:8080' },
      tokenFile: '/var/run/secrets/datamesh/token',
      pod: { uid: 'u', name: 'n', namespace: 'ns' },
      kubernetes: {
        url: 'https://[fd00::1]:6443',
        ca: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
        tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      },
      cluster: null,
      healthHost: '::',
      healthPort: 4319,
    });
    expect(readConfig({ ...pod, WIDGET_FOLDER: '/widget' }).widget).toEqual({ kind: 'folder', path: '/widget' });
  });

  it.each([
    [{ REGISTRY_URL: '' }, /^REGISTRY_URL must be the address of registry-api/],
    [{ REGISTRY_URL: 'registry-api:4100' }, /^REGISTRY_URL must be/],
    [{ POD_UID: '' }, /^POD_UID must be metadata\.uid by the downward API/],
    [{ DATAMESH_CHANNEL: 'Stable!' }, /^DATAMESH_CHANNEL must be a channel such as stable/],
    [{ WIDGET_URL: 'http://127.0.0.1:1', WIDGET_FOLDER: '/widget' }, /exclude each other/],
    [{ HEALTH_PORT: 'x' }, /^HEALTH_PORT must be a whole number/],
  ])('%j are refused in one sentence', (wrong, sentence) => {
    expect(() => readConfig({ ...pod, ...wrong })).toThrow(sentence);
  });
});
