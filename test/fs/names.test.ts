import path from 'node:path';
import { commonDirectory, isInside, nameBelow, nameOf, patchBase, pathOf } from '../../src/fs/names';

const { posix, win32 } = path;

test('a file below the working directory is named relative to it, another absolutely', () => {
  const named = ['/w/a/b', '/w2/b', '/w', '/b'].map((file) => nameOf(file, '/w', posix));
  expect(named).toEqual(['a/b', '/w2/b', '/w', '/b']);
});

test('below the root directory everything is relative', () => {
  expect(nameOf('/etc/x', '/', posix)).toBe('etc/x');
});

test('names have slashes on Windows', () => {
  expect(nameOf('C:\\w\\a\\b', 'C:\\w', win32)).toBe('a/b');
  expect(nameOf('D:\\a\\b', 'C:\\w', win32)).toBe('D:/a/b');
  expect(pathOf('a/b', 'C:\\w', win32)).toBe('C:\\w\\a\\b');
});

test('a directory does not hold its namesakes', () => {
  expect([isInside('/ab', '/a', '/'), isInside('/a', '/a', '/'), isInside('/a/b', '/a', '/')]).toEqual([
    false,
    true,
    true,
  ]);
});

test('a patch is relative to the working directory if every file is below it', () => {
  expect(patchBase(['a', 'b/c'], '/w', posix)).toBe('/w');
});

test('a patch is relative to the deepest common directory otherwise', () => {
  expect(patchBase(['/etc/nginx/a/b', '/etc/nginx/a/c/d'], '/w', posix)).toBe('/etc/nginx/a');
  expect(patchBase(['x', '/w/../y/z'], '/w', posix)).toBe('/');
  expect(nameBelow('/', 'x', '/w', posix)).toBe('w/x');
  expect(nameBelow('/etc/nginx', '/etc/nginx/a/b', '/w', posix)).toBe('a/b');
});

test('files on two drives share no directory', () => {
  expect(commonDirectory(['C:\\a', 'D:\\a'], win32)).toBe(null);
});
