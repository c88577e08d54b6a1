/** For a request that must arrive though the page may be gone before its answer. Browsers let such requests carry 64 kB. */
export const leavingContext = (leaving: boolean) => (leaving ? { fetchOptions: { keepalive: true } } : {});
