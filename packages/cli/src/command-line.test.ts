import { describe, expect, it } from 'vitest';
import { readCommand } from './command-line';

const defaults = { url: 'http://localhost:4000', token: () => undefined, argocd: { url: undefined, token: 'a' } };
const read = (line: string) => readCommand(line.split(' ').filter(Boolean), defaults);

describe('the command line', () => {
  it('reads each command', () => {
    const target = { url: 'http://localhost:4000', token: 'dmp_x' };
    expect(read('publish remotes/notes --token dmp_x --promote stable')).toEqual({
      kind: 'publish',
      folder: 'remotes/notes',
      promote: 'stable',
      target,
    });
    expect(read('promote notes@1.0.0 --token dmp_x')).toEqual({
      kind: 'promote',
      name: 'notes',
      version: '1.0.0',
      channel: 'stable',
      target,
    });
    expect(read('yank notes@1.0.0 --token dmp_x --reason broken')).toEqual({
      kind: 'yank',
      name: 'notes',
      version: '1.0.0',
      reason: 'broken',
      target,
    });
    expect(read('pack remotes/notes')).toEqual({ kind: 'pack', folder: 'remotes/notes', out: undefined });
    expect(read('hold notes@stable --token dmp_x --reason bad --version 1.0.0')).toEqual({
      kind: 'hold',
      name: 'notes',
      channel: 'stable',
      reason: 'bad',
      version: '1.0.0',
      target,
    });
    const layouts = { url: 'http://localhost:4000', token: 'dml_x' };
    expect(read('layouts pull --token dml_x --department sales --prefer mine')).toEqual({
      kind: 'layouts-pull',
      wish: { folder: 'layouts', department: 'sales', force: false, prefer: 'mine' },
      target: layouts,
    });
    expect(read('layouts push here --token dml_x --dry-run --force --message why')).toEqual({
      kind: 'layouts-push',
      wish: { folder: 'here', department: null, dryRun: true, force: true, message: 'why' },
      target: layouts,
    });
    expect(read('uses notes --token dmp_x --setting text --value x --source markets')).toEqual({
      kind: 'uses',
      question: { widget: 'notes', source: 'markets', setting: 'text', value: 'x' },
      target,
    });
    expect(read('trust add --token dmp_x --team a --issuer https://i --subject s:* --may publish,register --claim ref=main')).toEqual({
      kind: 'trust-add',
      trust: { team: 'a', issuer: 'https://i', subject: 's:*', may: ['publish', 'register'], claims: { ref: 'main' } },
      target,
    });
    const argocd = { url: 'https://argocd.example.com', token: 'a' };
    expect(read('resume notes@stable --argocd argocd.example.com --token dmp_x')).toEqual({
      kind: 'resume',
      wish: { name: 'notes', channel: 'stable', application: 'remote-notes', target },
      argocd,
    });
    expect(read('rollback notes@stable --argocd https://argocd.example.com --token dmp_x --reason bad --to 3 --application own')).toEqual({
      kind: 'rollback',
      wish: { name: 'notes', channel: 'stable', application: 'own', to: 3, reason: 'bad', timeout: 300, target },
      argocd,
    });
    expect(read('trust remove x --token dmp_x')).toEqual({ kind: 'trust-remove', id: 'x', target });
    expect(read('deploy init remotes/notes --image r.example.com/notes --platform ../mesh --environments staging')).toEqual({
      kind: 'deploy-init',
      wish: {
        widget: 'remotes/notes',
        team: null,
        image: 'r.example.com/notes',
        environments: ['staging'],
        platform: '../mesh',
        out: 'k8s',
        force: false,
        target: null,
      },
    });
    expect(read('')).toEqual({ kind: 'help' });
  });

  it.each([
    ['publish', 'folder'],
    ['publish x', 'datamesh login --url http://localhost:4000'],
    ['create X --team a', 'needs a name'],
    ['create price-alerts', '--team'],
    ['create price-alerts --team a --template cobol', 'none of vanilla'],
    ['login dmp_x', 'a token is asked for'],
    ['publish x --token t --url ftp://x', 'no http address'],
    ['promote notes --token t', '<name>@<version>'],
    ['yank notes@1.0.0 --token t', '--reason'],
    ['hold notes --token t --reason r', '<name>@<channel>'],
    ['hold notes@stable --token t', '--reason'],
    ['trust', 'no command "trust "'],
    ['trust add --token t --team a --issuer i --subject s --may rule', 'none of publish, register, promote, annotate'],
    ['trust add --token t --team a --issuer i --subject s --may publish --claim x', '<path>=<pattern>'],
    ['deploy', 'no command "deploy "'],
    ['deploy init', 'folder'],
    ['deploy init x --platform .', '--image'],
    ['deploy init x --platform . --image r.example.com/x:1.0.0', 'a tag can be moved'],
    ['deploy init x --image r.example.com/x', '--platform'],
    ['deploy init x --platform . --image r.example.com/x --environments ../x', 'is no name'],
    ['layouts fetch', 'no command'],
    ['layouts pull --token dml_x --prefer both', 'neither mine nor theirs'],
    ['layouts pull --token dml_x --department ../x', 'no id such as sales'],
    ['layouts push', 'needs a token'],
    ['destroy', 'no command'],
    ['pack a b', 'did not expect'],
    ['pack --colour', '--colour'],
  ])('refuses `%s`', (line, why) => {
    expect(() => read(line)).toThrow(why);
    expect(() => read(line)).toThrow(expect.objectContaining({ code: 'usage', exitCode: 2 }));
  });
});
