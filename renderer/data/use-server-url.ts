import { type SubmitEvent, useState } from 'react';
import { shellCall } from './bridge.ts';

/** The server's address being written. Saving starts the workers anew with it and loads the page again; `refused`: it is no address. */
export function useServerUrl(initial: string) {
  const [address, setAddress] = useState(initial);
  const [refused, setRefused] = useState(false);
  const save = async (): Promise<void> => {
    try {
      await shellCall('saveServerUrl', { serverUrl: address.trim() });
    } catch {
      setRefused(true);
    }
  };
  return {
    address,
    refused,
    changed: address.trim() !== initial,
    write(text: string): void {
      setAddress(text);
      setRefused(false);
    },
    onSubmit(event: SubmitEvent<HTMLFormElement>): void {
      event.preventDefault();
      void save();
    },
  };
}
