/** How npm is started: [program, first arguments]. npm tells its own path to what it runs; without npm in front, it is on the PATH. */
export function npm(): [program: string, first: string[]] {
  const path = process.env.npm_execpath;
  return path?.endsWith('.js') ? [process.execPath, [path]] : ['npm', []];
}
