let show: () => void = () => undefined;

/** Resolves when the page has first drawn rows or a form: what is heavy and can wait waits for it. */
export const firstContent = new Promise<void>((resolve) => {
  show = resolve;
});

export function firstContentIsThere(): void {
  show();
}
