/** A repository of manifests, served as a forge serves it: by git over HTTP, with a webhook at each push. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { run } from './run';

/** Of a network that the run has to itself. */
const PORT = 9419;

export class GitServer {
  /** Where it tells of each push, as GitHub does; null: nowhere. */
  webhook: string | null = null;

  private constructor(
    private readonly server: Server,
    /** What a clone and Argo CD are given. */
    readonly url: string,
    private readonly bare: string,
    /** The team's own clone. */
    readonly clone: string,
  ) {}

  static async start(folder: string): Promise<GitServer> {
    const root = join(folder, 'forge');
    const bare = join(root, 'deployments.git');
    const clone = join(folder, 'clone');
    await mkdir(root, { recursive: true });
    await git(folder, 'init', '-q', '--bare', '-b', 'main', bare);
    await git(bare, 'config', 'http.receivepack', 'true');
    await git(folder, 'init', '-q', '-b', 'main', clone);
    let forge: GitServer | undefined;
    const server = createServer((request, response) => answer(root, request, response, () => forge?.tell()));
    await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${PORT}/deployments.git`;
    forge = new GitServer(server, url, bare, clone);
    await forge.git('config', 'user.name', 'team');
    await forge.git('config', 'user.email', 'team@example.org');
    await forge.git('remote', 'add', 'origin', url);
    return forge;
  }

  /** In the team's clone. */
  git(...words: string[]): Promise<string> {
    return git(this.clone, ...words);
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.clone, path)), { recursive: true });
      await writeFile(join(this.clone, path), text);
    }
  }

  async commit(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '-q', '--allow-empty', '-m', message);
  }

  push(): Promise<string> {
    return this.git('push', '-q', '--set-upstream', 'origin', 'main');
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  async tell(): Promise<void> {
    if (this.webhook === null) return;
    const modified = (await git(this.bare, 'show', '--name-only', '--format=', 'main')).split('\n');
    const response = await fetch(this.webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-github-event': 'push' },
      body: JSON.stringify({
        ref: 'refs/heads/main',
        before: '0'.repeat(40),
        after: await git(this.bare, 'rev-parse', 'main'),
        repository: { html_url: this.url.replace(/\.git$/, ''), default_branch: 'main' },
        commits: [{ added: [], removed: [], modified }],
      }),
    });
    if (!response.ok) throw new Error(`the webhook is answered ${response.status}: ${await response.text()}`);
  }
}

const git = async (folder: string, ...words: string[]): Promise<string> => (await run('git', ['-C', folder, ...words])).trim();

/** The protocol is git's own program; this hands over requests and answers. */
function answer(root: string, request: IncomingMessage, response: ServerResponse, onPush: () => unknown): void {
  const url = new URL(request.url ?? '/', 'http://forge');
  const { headers } = request;
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: headers['content-type'] ?? '',
      CONTENT_LENGTH: headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      REMOTE_USER: 'team',
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  request.pipe(backend.stdin);
  // A backend that refuses does not read to the end.
  backend.stdin.on('error', () => {});
  let head = Buffer.alloc(0);
  let isBody = false;
  backend.stdout.on('data', (chunk: Buffer) => {
    if (isBody) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    isBody = true;
    let status = 200;
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(/: (.*)/s);
      if (name === 'Status') status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status).write(head.subarray(end + 4));
  });
  backend.once('close', async () => {
    // Before the push has ended for whoever pushes: a webhook that fails is seen where it is waited for.
    if (request.method === 'POST' && url.pathname.endsWith('/git-receive-pack')) await onPush();
    response.end();
  });
}
