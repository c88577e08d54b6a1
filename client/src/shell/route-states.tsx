import { Center, Loader } from '@mantine/core';
import { ErrorState } from '../ui/states';

export function PageLoading() {
  return <Center h="100dvh"><Loader aria-label="Loading" /></Center>;
}

/** A page that broke, or whose code could not be loaded, as after the server got a new version. */
export function RouteFailure() {
  return (
    <ErrorState
      title="This page could not be shown"
      message="Something in it went wrong, or the product was updated meanwhile. Load it again to get the newest version."
      onRetry={() => window.location.reload()}
    />
  );
}
