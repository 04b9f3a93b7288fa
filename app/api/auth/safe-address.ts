/** Only a page of ours is led back to. */
export const safeAddress = (to: string | string[] | undefined): string => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/');
