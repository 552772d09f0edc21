import { expect, it } from 'vitest';
import { parseSites } from '../sites/site';
import { foldedPath } from './spelling';

const SPELLINGS = ['/about', '/about/', '/About', '//about', '/about/index.html', '/about//', '/'];
const with_ = (...fold: string[]): string[] => {
  const site = parseSites([{ id: 'shop', origins: [], fold }]).get('shop');
  return SPELLINGS.map((path) => foldedPath(path, site?.fold ?? new Set()));
};

it('spellings of a page are told apart unless the site says that they are one', () => {
  expect(with_()).toEqual(SPELLINGS);
  expect(with_('slash')).toEqual(['/about', '/about', '/About', '//about', '/about/index.html', '/about', '/']);
  expect(with_('double-slash')).toEqual(['/about', '/about/', '/About', '/about', '/about/index.html', '/about/', '/']);
  expect(with_('index')).toEqual(['/about', '/about/', '/About', '//about', '/about/', '/about//', '/']);
  expect(with_('case')).toEqual(['/about', '/about/', '/about', '//about', '/about/index.html', '/about//', '/']);
  expect(with_('case', 'slash', 'index', 'double-slash')).toEqual([...Array(6).fill('/about'), '/']);
});

it('the letters of an escape have no case to fold', () => {
  expect(foldedPath('/A%2FB/%F2%AA\u0300C', new Set(['case']))).toBe('/a%2Fb/%F2%AA\u0300c');
});

it('a fold that there is not ends the start with its name', () => {
  expect(() => with_('slashes')).toThrow(/fold of "shop" must be a list of slash, double-slash, index, case/);
});
