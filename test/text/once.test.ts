import { once } from '../../src/text/once';

test('works each answer out once, for each that is asked about', () => {
  let worked = 0;
  const sizeOf = once(({ size }: { readonly size: number | null }) => {
    worked += 1;
    return size;
  });
  const [one, other] = [{ size: 1 }, { size: null }];
  expect([sizeOf(one), sizeOf(other), sizeOf(one), sizeOf(other), worked]).toEqual([1, null, 1, null, 2]);
});
