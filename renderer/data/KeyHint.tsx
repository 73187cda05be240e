import { usePrinted } from './keys.ts';

/** The key beside the words of a button: `name` as delivered, shown as it is to be pressed here. */
export function KeyHint({ name }: { name: string }) {
  return <kbd>{usePrinted()(name)}</kbd>;
}
